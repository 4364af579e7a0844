// Tabs as readers and keyboards know them: arrows move between them, one panel shows.
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { marked } from "../state/app_tables";

export interface Tab {
  name: string;
  label: string;
  panel: ReactNode;
  control: readonly [event: number, button: number, action: number];
}

export function Tabs({
  tabs,
  chosen,
  choose,
  label,
}: {
  tabs: readonly Tab[];
  chosen: string;
  choose: (name: string) => void;
  label: string;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (tabs.findIndex(({ name }) => name === chosen) + step + tabs.length) % tabs.length;
    choose(tabs[next]!.name);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div className="tabs">
      <div ref={list} className="tabs-list" role="tablist" aria-label={label} onKeyDown={keys}>
        {tabs.map(({ name, label: text, control }) => (
          <button
            key={name}
            role="tab"
            id={`${id}-${name}`}
            aria-controls={`${id}-${name}-panel`}
            aria-selected={name === chosen}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
            {...marked(...control)}
          >
            {text}
          </button>
        ))}
      </div>
      {tabs.map(({ name, panel }) => (
        <div
          key={name}
          role="tabpanel"
          id={`${id}-${name}-panel`}
          aria-labelledby={`${id}-${name}`}
          hidden={name !== chosen}
        >
          {name === chosen && panel}
        </div>
      ))}
    </div>
  );
}
