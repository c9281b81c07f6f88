import type { TourSceneName } from "@weft/contracts/client";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { useEffect, useRef } from "react";
import { LEVELS, SCENES, type Level, type Stop } from "./scenes.ts";
import { t } from "./t.ts";
import styles from "./tour.module.css";

type Props = Stop & {
  readonly isBusy: boolean;
  readonly onPlay: (stop: Stop) => void;
  readonly onBeginAnew: () => void;
};

/** The one switch, the scenes, and the way back to the beginning. */
export function Head({ scene, level, isBusy, onPlay, onBeginAnew }: Props) {
  return (
    <header className={styles.head}>
      <h1>
        <a href="/">{BRAND.name}</a> <span>{t("tour.title")}</span>
      </h1>
      <Levels level={level} isBusy={isBusy} onChoose={(chosen) => onPlay({ scene, level: chosen })} />
      <Scenes scene={scene} isBusy={isBusy} onChoose={(chosen) => onPlay({ scene: chosen, level })} />
      <div className={styles.aside}>
        <Button kind="quiet" busy={isBusy} onClick={onBeginAnew}>
          {t("tour.reset")}
        </Button>
        <LanguagePicker />
      </div>
    </header>
  );
}

type LevelsProps = { readonly level: Level; readonly isBusy: boolean; readonly onChoose: (level: Level) => void };

function Levels({ level, isBusy, onChoose }: LevelsProps) {
  return (
    <fieldset className={styles.levels} disabled={isBusy}>
      <legend className="said">{t("tour.level.label")}</legend>
      {LEVELS.map((one) => (
        <label key={one}>
          <input type="radio" name="level" checked={one === level} onChange={() => onChoose(one)} />
          <span>{t(`tour.level.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

type ScenesProps = { readonly scene: TourSceneName; readonly isBusy: boolean; readonly onChoose: (scene: TourSceneName) => void };

function Scenes({ scene: shown, isBusy, onChoose }: ScenesProps) {
  const list = useRef<HTMLOListElement>(null);
  // Where the scenes are one line that scrolls, the one that is played is seen; the page itself stays where it is.
  useEffect(() => {
    const current = list.current?.querySelector("[aria-current]");
    if (list.current && current)
      list.current.scrollLeft += current.getBoundingClientRect().left - list.current.getBoundingClientRect().left;
  }, [shown]);
  return (
    <nav aria-label={t("tour.scenes")}>
      <ol ref={list} className={styles.scenes}>
        {SCENES.map((scene) => (
          <li key={scene}>
            <button type="button" disabled={isBusy} aria-current={scene === shown ? "step" : undefined} onClick={() => onChoose(scene)}>
              {t(`tour.scene.${scene}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
