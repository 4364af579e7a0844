import { useEffect, useState } from "react";
import { shelf } from "../api/items";
import { type ApiProblem, asProblem } from "../../../shared/problem";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { CardGrid } from "../parts/card";
import { Link } from "../parts/link";
import { Notice, ProblemNotice } from "../parts/notice";
import { favourites } from "../state/favourites";
import { enter } from "../state/kit";
import { useStore } from "../../../shared/store";

export function Favourites() {
  const { t } = useSpeech();
  const ids = useStore(favourites);
  const [items, setItems] = useState<Item[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => enter("home"), []);
  useEffect(() => {
    if (problem) return;
    shelf.getAll(ids).then(setItems, (thrown) => setProblem(asProblem(thrown)));
  }, [ids, problem]);
  return (
    <>
      <header className="screen-head">
        <h1>{t.favourites.title}</h1>
      </header>
      {ids.length === 0 ? (
        <Notice title={t.favourites.empty} hint={t.favourites.emptyHint} picture="Candles">
          <Link className="button" to={{ at: "feed" }}>
            {t.cart.browse}
          </Link>
        </Notice>
      ) : problem ? (
        <ProblemNotice problem={problem} retry={() => setProblem(null)} />
      ) : (
        <CardGrid
          list={(items ?? []).map((item) => ({ item }))}
          waiting={items ? 0 : ids.length}
          label={t.favourites.title}
        />
      )}
    </>
  );
}
