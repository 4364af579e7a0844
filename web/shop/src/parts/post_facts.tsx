// What a post says field by field, in its template's words; and who says it, and what it is tagged with.
import { useEffect, useState } from "react";
import { fieldsOf, type TemplateField } from "../api/templates";
import type { Item } from "../api/types";
import { factName, factText } from "../format/post_fact";
import { useSpeech } from "../i18n";
import { useStore } from "../../../shared/store";
import { shownPrice } from "../state/proposal";
import { language } from "../state/settings";
import { Link } from "./link";
import { TagLine } from "./post_card";

// Leads to the other posts of its category.
export function PostKind({ item }: { item: Item }) {
  const { kindOf } = useSpeech();
  const leaf = item.category?.at(-1);
  if (!leaf) return null;
  return (
    <Link className="card-kind post-kind" to={{ at: "local", category: leaf }}>
      {kindOf(item.category)}
    </Link>
  );
}

export function PostHead({ item }: { item: Item }) {
  return (
    <>
      <p className="quiet">{[item.shop, item.market].filter(Boolean).join(" · ")}</p>
      <TagLine tags={item.tags} />
    </>
  );
}

export function PostFacts({ item }: { item: Item }) {
  const { t, locale } = useSpeech();
  const spoken = useStore(language);
  const [fields, setFields] = useState<TemplateField[]>([]);
  const template = item.attributes?.["template"];
  useEffect(() => {
    let wanted = true;
    if (template) fieldsOf(template).then((told) => wanted && setFields(told), () => undefined);
    return () => void (wanted = false);
  }, [template]);
  const words = { yes: t.local.yes, no: t.local.no, locale, language: spoken, currency: shownPrice(item)?.currency };
  const rows = fields.flatMap((field) => {
    const value = item.attributes?.[field.field];
    return value === undefined ? [] : [[factName(field, words), factText(field, value, words)] as const];
  });
  return (
    <table className="specifications">
      <caption className="unseen">{t.local.facts}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t.item.number}</th>
          <td>{item.item}</td>
        </tr>
      </tbody>
    </table>
  );
}
