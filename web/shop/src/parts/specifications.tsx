import type { Item } from "../api/types";
import { useSpeech } from "../i18n";

const SHOWN_ELSEWHERE = new Set(["rating", "rating_count"]);

export function Specifications({ item }: { item: Item }) {
  const { t, kindOf } = useSpeech();
  const rows = Object.entries(item.attributes ?? {}).filter(([name]) => !SHOWN_ELSEWHERE.has(name));
  return (
    <table className="specifications">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{t.attributes[name] ?? name.replaceAll("_", " ")}</th>
            <td>{value}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t.item.category}</th>
          <td>{kindOf(item.category)}</td>
        </tr>
        <tr>
          <th scope="row">{t.item.number}</th>
          <td>{item.item}</td>
        </tr>
      </tbody>
    </table>
  );
}
