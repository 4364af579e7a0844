// A text with amounts in its places: "{gap} more saves {win}". An amount carries its minor units for machines that
// read the page.
import { Fragment, type ReactNode } from "react";
import { moneyText } from "../format/money";
import { useSpeech } from "../i18n";

export function Filled({ text, places }: { text: string; places: Readonly<Record<string, ReactNode>> }) {
  const pieces = text.split(/\{(\w+)\}/);
  return (
    <>
      {pieces.map((piece, index) => (
        <Fragment key={index}>{index % 2 === 1 ? places[piece] : piece}</Fragment>
      ))}
    </>
  );
}

export function Amount({ cents, currency, name }: { cents: number; currency: string | undefined; name: string }) {
  const { locale } = useSpeech();
  return (
    <data className="amount" value={cents} data-amount={name}>
      {moneyText(currency ? { cents, currency } : { cents }, locale)}
    </data>
  );
}
