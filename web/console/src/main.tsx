import { createRoot } from "react-dom/client";
import { App } from "./app";
import { watchSettings } from "./state/settings";
import "../../shared/tokens.css";
import "../../shared/base.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/tags.css";
import "./styles/edits.css";
import "./styles/posts.css";

watchSettings();
createRoot(document.getElementById("root") as HTMLElement).render(<App />);
