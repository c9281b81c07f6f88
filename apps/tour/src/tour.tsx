import { useMutation, useQuery } from "@tanstack/react-query";
import type { TourSceneName, TourView } from "@weft/contracts/client";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { api } from "./api.ts";
import { Framed } from "./framed.tsx";
import { Matrix } from "./matrix.tsx";
import { addressOf, playOf, setStage, type Run } from "./run.ts";
import { SCENES, type Device, type Level } from "./scenes.ts";
import { seamsQuery, tourQuery } from "./seams.ts";
import { strandsOf } from "./thread.ts";
import { Thread } from "./thread.tsx";
import { useSteps, type Steps } from "./use-steps.ts";
import { t } from "./t.ts";
import styles from "./tour.module.css";

/** Three minutes in which a visitor finds out by doing what a link level is. */
export function Tour() {
  const begun = useQuery(tourQuery);
  if (begun.isError) return <ProblemNote error={begun.error} onRetry={begun.refetch} />;
  if (!begun.data) return <ScreenSkeleton />;
  return <Played tour={begun.data} />;
}

type Wish = { readonly scene: TourSceneName; readonly level: Level; readonly again?: boolean };

function Played({ tour }: { readonly tour: TourView }) {
  const [run, setRun] = useState<Run>();
  const play = useMutation({
    mutationFn: async ({ scene, level, again = false }: Wish) => {
      const stage = again ? await api.ask("tour.begin", { body: { again } }) : (run?.tour ?? tour);
      return setStage(stage, scene, level, (run?.turn ?? 0) + 1);
    },
    onSuccess: async (next) => {
      await api.queries.resetQueries({ queryKey: seamsQuery.queryKey });
      setRun(next);
    },
  });
  const start = useEffectEvent(() => play.mutate({ scene: "sign_up", level: tour.level }));
  const wasStarted = useRef(false);
  useEffect(() => {
    // Development draws everything twice; the stage is set once.
    if (!wasStarted.current) start();
    wasStarted.current = true;
  }, []);
  // What was asked for is shown at once; it holds when the stage is set.
  const wished = play.isPending ? play.variables : undefined;
  const level = wished?.level ?? run?.tour.level ?? tour.level;
  const scene = wished?.scene ?? run?.scene ?? "sign_up";
  return (
    <div className={styles.tour}>
      <Head scene={scene} level={level} busy={play.isPending} onPlay={(wish) => play.mutate({ scene, level, ...wish })} />
      {play.error ? <ProblemNote error={play.error} /> : null}
      {run ? <Stage key={run.turn} run={run} onPlay={(next) => play.mutate({ scene: next, level })} /> : <ScreenSkeleton />}
    </div>
  );
}

type HeadProps = {
  readonly scene: TourSceneName;
  readonly level: Level;
  readonly busy: boolean;
  readonly onPlay: (wish: Partial<Wish>) => void;
};

/** The one switch, the scenes, and the way back to the beginning. */
function Head({ scene: shown, level, busy, onPlay }: HeadProps) {
  return (
    <header className={styles.head}>
      <h1>
        <a href="/" aria-label={t("tour.home")}>
          {BRAND.name}
        </a>{" "}
        {t("tour.title")}
      </h1>
      <fieldset className={styles.levels} disabled={busy}>
        <legend className="said">{t("tour.level.label")}</legend>
        {(["siloed", "handover", "linked"] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="level" checked={one === level} onChange={() => onPlay({ level: one })} />
            <span>{t(`tour.level.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <nav aria-label={t("tour.scenes")}>
        <ol className={styles.scenes}>
          {SCENES.map((scene) => (
            <li key={scene}>
              <button type="button" disabled={busy} aria-current={scene === shown ? "step" : undefined} onClick={() => onPlay({ scene })}>
                {t(`tour.scene.${scene}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <Button kind="quiet" busy={busy} onClick={() => onPlay({ scene: "sign_up", again: true })}>
        {t("tour.reset")}
      </Button>
      <LanguagePicker />
    </header>
  );
}

/** Two real apps and the thread between them; one app at a time where there is no room for both. */
function Stage({ run, onPlay }: { readonly run: Run; readonly onPlay: (scene: TourSceneName) => void }) {
  const phone = useRef<HTMLIFrameElement>(null);
  const till = useRef<HTMLIFrameElement>(null);
  const frames = useMemo(() => ({ phone, till }), []);
  const steps = useSteps(run, frames);
  const [chosen, setChosen] = useState<{ readonly device: Device; readonly since: Device }>();
  const device = chosen?.since === steps.at ? chosen.device : steps.at;
  const seams = useQuery(seamsQuery);
  const strands = strandsOf(seams.data ?? [], run.known);
  const following = SCENES[SCENES.indexOf(run.scene) + 1];
  return (
    <>
      <div className={styles.caption}>
        <Caption run={run} steps={steps} />
        <Button onClick={() => onPlay(run.scene)}>{t("tour.replay")}</Button>
        {following && steps.done === playOf(run).steps.length ? (
          <Button kind="primary" data-tour="next" onClick={() => onPlay(following)}>
            {t("tour.next")}
          </Button>
        ) : null}
      </div>
      {run.scene === "seams" ? <Matrix level={run.tour.level} /> : null}
      <div className={styles.tabs} role="group" aria-label={t("tour.devices")}>
        {(["phone", "till"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={one === device} onClick={() => setChosen({ device: one, since: steps.at })}>
            {t(`tour.device.${one}`)}
          </button>
        ))}
      </div>
      <main className={styles.stage} data-shows={device} hidden={run.scene === "seams"}>
        <Framed device="phone" frame={phone} src={addressOf(run, "phone")} isShown={device === "phone"} />
        <Thread strands={strands} />
        <Framed device="till" frame={till} src={addressOf(run, "till")} isShown={device === "till"} />
      </main>
    </>
  );
}

/** What to do now, or what came of it: never more than twenty words. */
function Caption({ run, steps }: { readonly run: Run; readonly steps: Steps }) {
  const { givenName } = run.tour.persona;
  const isOver = steps.done === playOf(run).steps.length;
  const said = steps.isStuck
    ? t("tour.stuck")
    : isOver
      ? t(`tour.outcome.${run.scene}.${run.tour.level}`)
      : steps.next
        ? t(`tour.step.${steps.next.name}`, { name: givenName })
        : t("ui.loading");
  return (
    <p role="status" className={styles.said} data-over={isOver || undefined}>
      {said}
    </p>
  );
}
