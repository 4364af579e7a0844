// The last decision, for a while, with the way to take it back.
import { useEffect } from "react";
import { useStore } from "../../../shared/store";
import { isKind } from "../api/types";
import { useSpeech } from "../i18n";
import { decide, done } from "../state/decision";
import { didText } from "./did";

const SHOWN_MS = 12_000;

export function Toast() {
  const { t } = useSpeech();
  const last = useStore(done);
  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => done.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  if (!last) return null;
  const { number, edit } = last;
  const undo = () => {
    done.set(null);
    const kind = edit.kind && isKind(edit.kind) ? edit.kind : "tag";
    decide({ action: "undo", tag: { kind, name: edit.name ?? "" }, undone: { ...edit, number, at_ms: Date.now() } });
  };
  return (
    <div className="toast" role="status">
      <span>{t.decide.done(didText(t, edit))}</span>
      {edit.edit !== "undo" && (
        <button className="button" onClick={undo}>
          {t.action.undo}
        </button>
      )}
      <button className="plain" aria-label={t.decide.close} onClick={() => done.set(null)}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6l12 12M18 6 6 18" />
        </svg>
      </button>
    </div>
  );
}
