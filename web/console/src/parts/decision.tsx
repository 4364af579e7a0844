// Where an editor signs a decision: what it means, who decides and why.
import { useState } from "react";
import { Dialog } from "../../../shared/dialog";
import { asProblem } from "../../../shared/problem";
import { useStore } from "../../../shared/store";
import type { TagKey } from "../api/types";
import { useSpeech } from "../i18n";
import { type Form, isComplete, proposal, type Proposal, send } from "../state/decision";
import { who } from "../state/settings";
import { didText } from "./did";
import { Completing } from "./search";

export function Decision() {
  const proposed = useStore(proposal);
  return proposed && <Signing key={JSON.stringify(proposed)} proposed={proposed} />;
}

function Signing({ proposed }: { proposed: Proposal }) {
  const { t } = useSpeech();
  const [form, setForm] = useState<Form>({ who: who.get(), why: "", to: proposed.tag.name, into: null });
  const [failure, setFailure] = useState("");
  const [sending, setSending] = useState(false);
  const close = () => proposal.set(null);
  const change = (members: Partial<Form>) => setForm((before) => ({ ...before, ...members }));
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setSending(true);
    who.set(form.who.trim());
    try {
      await send(proposed, form);
    } catch (thrown) {
      setFailure(asProblem(thrown).message);
      setSending(false);
    }
  };
  const { action, tag, variant, undone } = proposed;
  const what = action === "undo" && undone ? didText(t, undone) : tag.name;
  return (
    <Dialog className="signing" label={t.action[action]} close={close}>
      <form onSubmit={submit}>
        <h2>{t.action[action]}</h2>
        <p>{t.explain[action](what)}</p>
        {variant && <p className="signing-variant">{variant}</p>}
        {action === "rename" && (
          <Field label={t.decide.newName} value={form.to} change={(to) => change({ to })} />
        )}
        {action === "merge" && <Into tag={tag} chosen={form.into} choose={(into) => change({ into })} />}
        <Field label={t.decide.why} hint={t.decide.whyHint} value={form.why} change={(why) => change({ why })} long />
        <Field label={t.decide.who} value={form.who} change={(name) => change({ who: name })} />
        {failure && (
          <p className="warning" role="alert">
            {t.decide.failed}
            {failure}
          </p>
        )}
        <footer>
          <button type="button" className="button" onClick={close}>
            {t.decide.cancel}
          </button>
          <button
            type="submit"
            className={action === "ban" ? "button button-main button-danger" : "button button-main"}
            disabled={sending || !isComplete(proposed, form)}
          >
            {t.action[action]}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  value: string;
  change: (value: string) => void;
  long?: boolean;
}

function Field({ label, hint, value, change, long = false }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      {long ? (
        <textarea rows={2} maxLength={300} placeholder={hint} value={value} onChange={(e) => change(e.target.value)} />
      ) : (
        <input maxLength={40} placeholder={hint} value={value} onChange={(e) => change(e.target.value)} />
      )}
    </label>
  );
}

interface IntoProps {
  tag: TagKey;
  chosen: TagKey | null;
  choose: (tag: TagKey | null) => void;
}

function Into({ tag, chosen, choose }: IntoProps) {
  const { t } = useSpeech();
  const [text, setText] = useState("");
  return (
    <div className="field">
      <span>{t.decide.into}</span>
      <Completing
        label={t.decide.into}
        hint={t.decide.intoHint}
        filter={{ kind: tag.kind }}
        text={text}
        typed={(typed) => (setText(typed), choose(null))}
        chosen={(other) => (setText(other.name), choose(other))}
      />
      {chosen && (
        <p className="quiet">
          {t.decide.chosen}: {chosen.name} · {chosen.industry ?? t.tag.general}
        </p>
      )}
    </div>
  );
}
