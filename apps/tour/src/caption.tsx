import { Button } from "@weft/ui/shop/button.tsx";
import { playOf, stopOf, type Run } from "./run.ts";
import { SCENES, stopAfter, type Stop } from "./scenes.ts";
import { t } from "./t.ts";
import type { Steps } from "./use-steps.ts";
import styles from "./tour.module.css";

type Props = { readonly run: Run; readonly steps: Steps; readonly onPlay: (stop: Stop) => void };

/** What to do now or what came of it, what the level means, and the way on. */
export function Caption({ run, steps, onPlay }: Props) {
  const isOver = steps.done === playOf(run).steps.length && !steps.isStuck;
  return (
    <div className={styles.caption}>
      <div className={styles.words}>
        <p role="status" data-over={isOver || undefined}>
          {said(run, steps, isOver)}
        </p>
        <p className={styles.quiet} data-first={isFirstSight(run, steps) || undefined}>
          {t(isFirstSight(run, steps) ? "tour.intro" : `tour.level.said.${run.tour.level}`)}
        </p>
      </div>
      <Button onClick={() => onPlay(stopOf(run))}>{t("tour.replay")}</Button>
      {isOver ? <Onward stop={stopOf(run)} onPlay={onPlay} /> : null}
    </div>
  );
}

const isFirstSight = ({ scene, turn }: Run, { done }: Steps): boolean => scene === "sign_up" && turn === 1 && done === 0;

/** Never more than twenty words. */
function said(run: Run, steps: Steps, isOver: boolean): string {
  if (steps.isStuck) return t("tour.stuck");
  if (isOver) return t(`tour.outcome.${run.scene}.${run.tour.level}`);
  return steps.next ? t(`tour.step.${steps.next.name}`, { name: run.tour.persona.givenName }) : t("ui.loading");
}

/** The same scene on the next level first: side by side the difference speaks for itself. Whoever is in a hurry goes on with the next scene. */
function Onward({ stop, onPlay }: { readonly stop: Stop; readonly onPlay: (stop: Stop) => void }) {
  const onward = stopAfter(stop);
  const following = SCENES[SCENES.indexOf(stop.scene) + 1];
  if (!onward || !following) return null;
  const isSameScene = onward.scene === stop.scene;
  return (
    <>
      {isSameScene ? (
        <Button className={styles.skip} onClick={() => onPlay({ ...stop, scene: following })}>
          {t("tour.next")}
        </Button>
      ) : null}
      <Button kind="primary" data-tour="next" onClick={() => onPlay(onward)}>
        {isSameScene
          ? t("tour.onward.level", { level: t(`tour.level.${onward.level}`) })
          : t("tour.onward.scene", { scene: t(`tour.scene.${onward.scene}`) })}
      </Button>
    </>
  );
}
