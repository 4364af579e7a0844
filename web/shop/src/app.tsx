import { useEffect } from "react";
import { useSpeech } from "./i18n";
import { ConsentBanner } from "./parts/consent";
import { CouponPopup } from "./parts/coupon_popup";
import { Frame } from "./parts/frame";
import { Meter } from "./parts/meter";
import { Notice } from "./parts/notice";
import { SafetyNet } from "./parts/safety_net";
import { Toast } from "./parts/toast";
import { type Route, screenOf, useRoute } from "./route";
import { Cart } from "./screens/cart";
import { Checkout } from "./screens/checkout";
import { Done } from "./screens/done";
import { Favourites } from "./screens/favourites";
import { Feed } from "./screens/feed";
import { ItemScreen } from "./screens/item";
import { Local } from "./screens/local";
import { Search } from "./screens/search";
import { keepPlace } from "./state/places";
import { meterShown } from "./state/settings";
import { useStore } from "../../shared/store";

export function App() {
  const route = useRoute();
  const { t } = useSpeech();
  const meter = useStore(meterShown);
  const href = screenOf(route);
  useEffect(() => keepPlace(href), [href]); // a new screen begins at its top; a layer over it leaves it where it is
  useEffect(() => {
    document.title = `${t.shop} – ${t.tagline}`;
  }, [t]);
  return (
    <>
      <Frame route={route}>
        <SafetyNet key={href}>
          <Screen route={route} />
        </SafetyNet>
      </Frame>
      {meter && <Meter />}
      <CouponPopup />
      <ConsentBanner />
      <Toast />
    </>
  );
}

function Screen({ route }: { route: Route }) {
  const { t } = useSpeech();
  switch (route.at) {
    case "feed":
      return <Feed />;
    case "search":
      return <Search query={route.query} />;
    case "item":
      return <ItemScreen id={route.item} />;
    case "favourites":
      return <Favourites />;
    case "local":
      return <Local category={route.category} pick={route.pick} />;
    case "cart":
      return <Cart offer={route.offer} choose={route.choose} />;
    case "checkout":
      return <Checkout />;
    case "done":
      return <Done order={route.order} />;
    case "lost":
      return <Notice title={t.problem.lost} picture="Board games" />;
  }
}
