import { createRoot } from "react-dom/client";
import { App } from "./app";
import { cart } from "./state/cart";
import { watchConsent } from "./state/kit";
import { watchSettings } from "./state/settings";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/frame.css";
import "./styles/lists.css";
import "./styles/item.css";
import "./styles/cart.css";
import "./styles/meter.css";
import "./styles/layers.css";

watchSettings();
watchConsent();
void cart.load();
createRoot(document.getElementById("root") as HTMLElement).render(<App />);
