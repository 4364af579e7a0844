import { useEffect, useState } from "react";
import { shelf } from "../api/items";
import { type ApiProblem, asProblem } from "../../../shared/problem";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { Buy } from "../parts/buy";
import { Gallery } from "../parts/gallery";
import { Heart } from "../parts/heart";
import { Icon } from "../parts/icon";
import { Notice, ProblemNotice } from "../parts/notice";
import { PostFacts, PostHead, PostKind } from "../parts/post_facts";
import { PictureViewer } from "../parts/picture_viewer";
import { Price } from "../parts/price";
import { Rating } from "../parts/rating";
import { Reviews } from "../parts/reviews";
import { Similar, SimilarPosts } from "../parts/similar";
import { Specifications } from "../parts/specifications";
import { Tabs } from "../parts/tabs";
import { back } from "../route";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { enter } from "../state/kit";
import { shownPrice } from "../state/proposal";
import { requestOf } from "../state/requests";

type Found = Item | null | undefined; // undefined: not known yet

function useItem(id: string): { item: Found; problem: ApiProblem | null; retry: () => void } {
  const [found, setFound] = useState<{ id: string; item: Found; problem: ApiProblem | null }>(() => ({
    id,
    item: shelf.peek(id),
    problem: null,
  }));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    const show = (item: Found, problem: ApiProblem | null) => wanted && setFound({ id, item, problem });
    shelf.get(id).then(
      (item) => show(item, null),
      (thrown) => show(undefined, asProblem(thrown)),
    );
    return () => void (wanted = false);
  }, [id, tries]);
  const current = found.id === id ? found : { item: shelf.peek(id), problem: null };
  return { item: current.item, problem: current.problem, retry: () => setTries(tries + 1) };
}

export function ItemScreen({ id }: { id: string }) {
  const { t } = useSpeech();
  const { item, problem, retry } = useItem(id);
  useEffect(() => {
    if (!item) return;
    const request = requestOf(id);
    enter("detail", {
      item: id,
      ...(item.category && { category: item.category }),
      ...(item.price && { price: item.price }),
      ...(request && { request }),
    });
  }, [id, item]);
  if (problem) return <ProblemNotice problem={problem} retry={retry} />;
  if (item === null) return <Notice title={t.item.gone} picture="Building bricks" />;
  if (item === undefined) return <ItemSkeleton />;
  return <ItemPage key={id} item={item} />;
}

function ItemPage({ item }: { item: Item }) {
  const { t } = useSpeech();
  const [viewer, setViewer] = useState(false);
  const isPost = item.kind === "post";
  return (
    <article className="item" {...marked(0, 0, ACTION.detail)}>
      <div className="item-side">
        <div className="item-pictures">
          <Gallery item={item} onEnlarge={() => setViewer(true)} />
          <button
            className="round item-back"
            aria-label={t.nav.back}
            onClick={back}
            {...marked(CONTROL.back, BUTTON.none, ACTION.detail)}
          >
            <Icon name="back" />
          </button>
          <Heart item={item} pageAction={ACTION.detail} />
        </div>
      </div>
      <div className="item-facts">
        <ItemHead item={item} />
        {!isPost && <Buy item={item} />}
        <Details item={item} />
      </div>
      {isPost ? <SimilarPosts item={item} /> : <Similar item={item} />}
      {viewer && <PictureViewer item={item} close={() => setViewer(false)} />}
    </article>
  );
}

function ItemHead({ item }: { item: Item }) {
  const { t, kindOf } = useSpeech();
  const stars = Number(item.attributes?.["rating"]) || 0;
  const count = Number(item.attributes?.["rating_count"]) || 0;
  const sold = item.on_sale === false || item.stock === 0;
  const isPost = item.kind === "post";
  const price = shownPrice(item);
  const few = item.stock !== undefined && item.stock > 0 && item.stock <= 5;
  return (
    <header className="item-head">
      {isPost ? (
        <PostKind item={item} />
      ) : (
        <p className="card-kind">{[item.attributes?.["brand"], kindOf(item.category)].filter(Boolean).join(" · ")}</p>
      )}
      <h1>{item.title ?? item.item}</h1>
      {stars > 0 && <Rating stars={stars} count={count} />}
      <div className="item-price">
        {price && <Price money={price} size="l" />}
        {!isPost && (
          <span className={sold ? "stock stock-none" : few ? "stock stock-few" : "stock"}>
            {sold ? t.item.soldOut : few ? t.item.few(item.stock ?? 0) : t.item.inStock}
          </span>
        )}
      </div>
      {isPost ? (
        <PostHead item={item} />
      ) : (
        <p className="promise">
          <Icon name="truck" />
          <span>
            {t.item.delivery}. <span className="quiet">{t.item.simulatedDelivery}.</span>
          </span>
        </p>
      )}
    </header>
  );
}

function Details({ item }: { item: Item }) {
  const { t } = useSpeech();
  const [tab, setTab] = useState("description");
  const plain = [CONTROL.tab, BUTTON.none, ACTION.detail] as const;
  return (
    <Tabs
      label={t.item.tabs}
      chosen={tab}
      choose={setTab}
      tabs={[
        {
          name: "description",
          label: t.item.description,
          control: plain,
          panel: <p className="prose">{item.text || t.item.noText}</p>,
        },
        {
          name: "specifications",
          label: t.item.specifications,
          control: plain,
          panel: item.kind === "post" ? <PostFacts item={item} /> : <Specifications item={item} />,
        },
        {
          name: "reviews",
          label: t.item.reviews,
          control: [CONTROL.tab, BUTTON.openReviews, ACTION.detail],
          panel: <Reviews item={item} />,
        },
      ]}
    />
  );
}

function ItemSkeleton() {
  return (
    <div className="item skeleton" aria-busy="true">
      <div className="item-pictures">
        <div className="gallery" />
      </div>
      <div className="item-facts">
        <i style={{ width: "30%" }} />
        <i style={{ width: "80%", height: 28 }} />
        <i style={{ width: "40%" }} />
        <i style={{ width: "100%", height: 52 }} />
      </div>
    </div>
  );
}
