import { useEffect } from "react";
import { useSpeech } from "./i18n";
import { Decision } from "./parts/decision";
import { Frame } from "./parts/frame";
import { Notice } from "./parts/notice";
import { Toast } from "./parts/toast";
import { type Route, useRoute } from "./route";
import { Edits } from "./screens/edits";
import { Posts } from "./screens/posts";
import { Tags } from "./screens/tags";

export function App() {
  const route = useRoute();
  const { t } = useSpeech();
  useEffect(() => {
    document.title = route.at === "tags" && route.tag ? `${route.tag.name} – ${t.title}` : t.title;
  }, [t, route]);
  return (
    <>
      <Frame route={route}>
        <Screen route={route} />
      </Frame>
      <Decision />
      <Toast />
    </>
  );
}

function Screen({ route }: { route: Route }) {
  const { t } = useSpeech();
  switch (route.at) {
    case "tags":
      return <Tags filter={route.filter} tag={route.tag} />;
    case "edits":
      return <Edits />;
    case "posts":
      return <Posts template={route.template} />;
    case "lost":
      return <Notice title={t.problem.lost} to={{ at: "tags", filter: {} }} toText={t.problem.toTags} />;
  }
}
