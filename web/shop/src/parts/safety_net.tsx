// Shows a sentence and a way out where a part of the page broke.
import { Component, type ReactNode } from "react";
import { TEXTS } from "../i18n";
import { language } from "../state/settings";

export class SafetyNet extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { problem } = TEXTS[language.get()];
    return (
      <div className="notice" role="alert">
        <p className="notice-title">{problem.crash}</p>
        <button className="button" onClick={() => location.reload()}>
          {problem.reload}
        </button>
      </div>
    );
  }
}
