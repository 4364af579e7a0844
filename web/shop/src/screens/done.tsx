import { useEffect } from "react";
import { useSpeech } from "../i18n";
import { Link } from "../parts/link";
import { Notice } from "../parts/notice";
import { enter } from "../state/kit";

export function Done({ order }: { order: string }) {
  const { t } = useSpeech();
  useEffect(() => enter("home"), []);
  return (
    <Notice title={t.done.title} hint={`${t.done.text} ${t.done.order(order)}`} picture="parcel">
      <Link className="button" to={{ at: "feed" }}>
        {t.done.on}
      </Link>
    </Notice>
  );
}
