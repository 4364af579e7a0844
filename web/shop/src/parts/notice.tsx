// What stands where something could not be shown: a sentence, a drawing and what can be done about it.
import type { ReactNode } from "react";
import type { ApiProblem } from "../../../shared/problem";
import { useSpeech } from "../i18n";
import { Picture } from "../pictures/picture";

export function Notice({
  title,
  hint,
  picture,
  children,
}: {
  title: string;
  hint?: string | undefined;
  picture?: string;
  children?: ReactNode;
}) {
  return (
    <div className="notice" role="status">
      <div className="notice-picture">
        <Picture item={`notice ${picture ?? title}`} category={[picture ?? ""]} />
      </div>
      <p className="notice-title">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {children}
    </div>
  );
}

export function ProblemNotice({ problem, retry }: { problem: ApiProblem; retry?: (() => void) | undefined }) {
  const { t } = useSpeech();
  const hint = problem.kind === "refused" ? problem.message : undefined;
  return (
    <Notice title={t.problem[problem.kind]} hint={hint} picture="Bicycle lights">
      {retry && (
        <button className="button" onClick={retry}>
          {t.problem.retry}
        </button>
      )}
    </Notice>
  );
}
