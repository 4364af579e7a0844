// Services near by: what is needed on top, to be picked from; below the posts that answer it.
import { useEffect } from "react";
import { useStore } from "../../../shared/store";
import { useSpeech } from "../i18n";
import { Endless } from "../parts/endless";
import { Notice } from "../parts/notice";
import { PostCard } from "../parts/post_card";
import { WantSlider } from "../parts/want_slider";
import { go } from "../route";
import { enter } from "../state/kit";
import { useSceneList } from "../state/scene_list";
import { wants, withPick } from "../state/wants";

const PAGE = 20;

interface Props {
  category: string | undefined;
  pick: string | undefined;
}

export function Local({ category, pick }: Props) {
  const { t } = useSpeech();
  const context = { ...(category && { category }), ...(pick && { pick }) };
  const scene = useSceneList("local-list", PAGE, undefined, context);
  useEffect(() => enter("feed"), []);
  const name = withPick(useStore(wants).list, pick).find(({ id }) => id === pick)?.name;
  const nothing = (scene.ended && scene.list.length === 0) || scene.problem?.kind === "missing";
  const takeBack = () => go({ at: "local", ...(category && { category }) });
  return (
    <div className="local">
      <header className="screen-head">
        <h1>{category ?? t.local.title}</h1>
        <p className="quiet">{t.local.lead}</p>
      </header>
      <WantSlider category={category} pick={pick} />
      <div className="local-head">
        <h2 aria-live="polite">{name === undefined ? t.local.all : t.local.found(name)}</h2>
        {pick && (
          <button className="button" onClick={takeBack}>
            {t.local.takeBack}
          </button>
        )}
      </div>
      {nothing ? (
        <Notice title={pick ? t.local.none : t.local.empty} picture="Toolbox" />
      ) : (
        <Endless scene={scene} label={t.local.title} card={(listed) => <PostCard listed={listed} />} />
      )}
    </div>
  );
}
