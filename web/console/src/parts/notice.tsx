import { useSpeech } from "../i18n";
import type { ApiProblem } from "../../../shared/problem";
import type { Route } from "../route";
import { askAgain } from "../state/answers";
import { Link } from "./link";

interface Props {
  title: string;
  hint?: string | undefined;
  to?: Route;
  toText?: string;
  again?: boolean;
}

export function Notice({ title, hint, to, toText, again = false }: Props) {
  const { t } = useSpeech();
  return (
    <div className="notice" role="status">
      <h2>{title}</h2>
      {hint && <p className="quiet">{hint}</p>}
      {to && (
        <Link className="button" to={to}>
          {toText}
        </Link>
      )}
      {again && (
        <button className="button" onClick={askAgain}>
          {t.problem.again}
        </button>
      )}
    </div>
  );
}

export function ProblemNotice({ problem }: { problem: ApiProblem }) {
  const { t } = useSpeech();
  return <Notice title={t.problem[problem.kind]} hint={problem.message} again />;
}
