// Where the neighbours of a node stand around it: half of them in a bow on either side, evenly down the height, so
// that no two labels of a side meet.

export interface Place {
  x: number;
  y: number;
  side: "left" | "right"; // to which its label runs on
}

export interface Frame {
  width: number;
  height: number;
  label: number; // room beside the bows for a label
}

export const ROW = 40; // height of one neighbour

export function frameOf(width: number, neighbours: number, label: number): Frame {
  return { width, label, height: ROW * Math.max(3, Math.ceil(neighbours / 2) + 1) };
}

export function placesOf(neighbours: number, { width, height, label }: Frame): Place[] {
  const right = Math.ceil(neighbours / 2);
  const reach = width / 2 - label;
  return Array.from({ length: neighbours }, (_, i) => {
    const onRight = i < right;
    const [row, rows] = onRight ? [i, right] : [i - right, neighbours - right];
    const y = (height * (row + 1)) / (rows + 1);
    const lean = (2 * y) / height - 1; // -1 at the top, 1 at the bottom
    const out = reach * (0.62 + 0.38 * Math.sqrt(1 - lean * lean));
    return { x: width / 2 + (onRight ? out : -out), y, side: onRight ? "right" : "left" };
  });
}

// Cut to what has room, counting a character of East Asian scripts as two.
export function fitted(text: string, room: number): string {
  let used = 0;
  let cut = "";
  for (const letter of text) {
    used += letter.codePointAt(0)! > 0x2e7f ? 2 : 1;
    if (used > room) return `${cut}…`;
    cut += letter;
  }
  return text;
}
