// The colours of one drawn item. Hue follows the item's own colour where the catalogue tells one, else its id.
import { Draw } from "../format/random";

export interface Palette {
  main: string;
  dark: string; // the side away from the light
  light: string;
  accent: string;
  ink: string;
  metal: string;
  metalDark: string;
  paper: string; // white of labels, porcelain, pages
  backdrop: string;
  backdropDeep: string;
}

// Names of colours as catalogues use them, as [hue, saturation, lightness].
const NAMED: Record<string, readonly [number, number, number]> = {
  black: [220, 10, 26],
  white: [40, 22, 90],
  grey: [210, 8, 58],
  gray: [210, 8, 58],
  silver: [210, 10, 68],
  red: [6, 62, 50],
  orange: [24, 78, 55],
  yellow: [44, 84, 58],
  green: [146, 34, 42],
  teal: [178, 42, 38],
  blue: [212, 52, 48],
  navy: [218, 48, 30],
  purple: [276, 32, 48],
  violet: [268, 34, 54],
  pink: [346, 58, 68],
  brown: [24, 40, 36],
  beige: [36, 38, 74],
  cream: [42, 48, 84],
  gold: [42, 58, 52],
};

const HUES: readonly (readonly [number, number, number])[] = [
  [12, 62, 52],
  [28, 70, 55],
  [43, 74, 56],
  [88, 28, 44],
  [152, 34, 38],
  [176, 40, 36],
  [202, 48, 46],
  [222, 44, 44],
  [262, 30, 52],
  [336, 46, 56],
  [22, 38, 40],
  [210, 14, 36],
];

const tone = (hue: number, saturation: number, lightness: number) =>
  `hsl(${Math.round((hue + 360) % 360)} ${Math.round(saturation)}% ${Math.round(Math.max(4, Math.min(96, lightness)))}%)`;

export function paletteOf(item: string, colour?: string): Palette {
  const draw = new Draw(`palette ${item}`);
  const drawn = draw.pick(HUES);
  const [hue, saturation, lightness] = (colour && NAMED[colour.toLowerCase()]) || drawn;
  const accentHue = hue + draw.pick([150, 180, 205, -45, 40]);
  const backdropHue = hue + draw.pick([0, 18, -18, 180, 160]);
  return {
    main: tone(hue, saturation, lightness),
    dark: tone(hue - 4, saturation + 4, lightness - 12),
    light: tone(hue + 4, saturation, lightness + (96 - lightness) * 0.38),
    accent: tone(accentHue, 58, 58),
    ink: tone(hue, 18, 18),
    metal: tone(hue, 6, 76),
    metalDark: tone(hue, 8, 58),
    paper: tone(hue, 24, 95),
    backdrop: tone(backdropHue, 26, 89),
    backdropDeep: tone(backdropHue, 28, 80),
  };
}
