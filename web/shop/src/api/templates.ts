// Templates of posts: what their fields are called and measured in.
import { call } from "../../../shared/client";

export interface TemplateField {
  field: string;
  name: { en: string; zh: string };
  kind: "choice" | "number" | "money" | "flag" | "text";
  options?: { option: string; name: { en: string; zh: string } }[];
  unit?: string;
}

const known = new Map<string, Promise<TemplateField[]>>();

export function fieldsOf(template: string): Promise<TemplateField[]> {
  const asked = known.get(template);
  if (asked) return asked;
  const answer = call<{ fields: TemplateField[] }>(`/v1/templates/${encodeURIComponent(template)}`).then(
    ({ fields }) => fields,
  );
  known.set(template, answer);
  answer.catch(() => known.delete(template)); // asked anew next time
  return answer;
}
