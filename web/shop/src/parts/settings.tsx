import { useSpeech } from "../i18n";
import { language, LANGUAGES, meterShown, type Theme, theme, THEMES } from "../state/settings";
import { consent } from "../state/shopper";
import { useStore } from "../../../shared/store";
import { Dialog } from "../../../shared/dialog";
import { Icon } from "./icon";

const OWN_NAME = { en: "English", zh: "中文" } as const;

export function Settings({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const meter = useStore(meterShown);
  const answer = useStore(consent);
  const themeName: Record<Theme, string> = { auto: t.settings.auto, light: t.settings.light, dark: t.settings.dark };
  return (
    <Dialog className="sheet" label={t.settings.title} close={close}>
      <header className="meter-head">
        <h2>{t.settings.title}</h2>
        <button className="plain" aria-label={t.settings.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <Choice
        name="language"
        legend={t.settings.language}
        options={LANGUAGES.map((each) => [each, OWN_NAME[each]] as const)}
        chosen={useStore(language)}
        choose={(each) => language.set(each)}
      />
      <Choice
        name="theme"
        legend={t.settings.theme}
        options={THEMES.map((each) => [each, themeName[each]] as const)}
        chosen={useStore(theme)}
        choose={(each) => theme.set(each)}
      />
      <label className="switch-row">
        <span>
          {t.settings.meter}
          <small className="quiet">{t.settings.meterHint}</small>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={meter}
          onChange={(event) => meterShown.set(event.target.checked)}
        />
      </label>
      <div className="switch-row">
        <span>
          {t.settings.consent}
          <small className="quiet">{answer === "granted" ? t.consent.granted : t.consent.denied}</small>
        </span>
        <button className="button" onClick={() => (consent.set("none"), close())}>
          {t.settings.change}
        </button>
      </div>
      <p className="quiet">{t.simulated}</p>
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  legend: string;
  options: readonly (readonly [T, string])[];
  chosen: T;
  choose: (value: T) => void;
}

function Choice<T extends string>({ name, legend, options, chosen, choose }: ChoiceProps<T>) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="segments">
        {options.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
