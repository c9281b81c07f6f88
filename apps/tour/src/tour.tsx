import { useMutation, useQuery } from "@tanstack/react-query";
import type { TourView } from "@weft/contracts/client";
import { useLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { api } from "./api.ts";
import { Head } from "./head.tsx";
import { sceneAsked, setStage, stopOf, type Run } from "./run.ts";
import { Scene } from "./scene.tsx";
import type { Stop } from "./scenes.ts";
import { seamsQuery, tourQuery } from "./seams.ts";
import { t } from "./t.ts";
import { useStageTab } from "./use-stage-tab.ts";
import styles from "./tour.module.css";

/** Three minutes in which a visitor finds out by doing what a link level is. */
export function Tour() {
  const begun = useQuery(tourQuery);
  if (begun.isError) return <ProblemNote error={begun.error} onRetry={begun.refetch} />;
  if (!begun.data) return <ScreenSkeleton />;
  return <Played tour={begun.data} />;
}

type Wish = Stop & { readonly again?: boolean };

function Played({ tour }: { readonly tour: TourView }) {
  const [run, setRun] = useState<Run>();
  const locale = useLocale();
  const { isElsewhere, claim } = useStageTab();
  const play = useMutation({
    mutationFn: async ({ again = false, ...stop }: Wish) => {
      // Another tab may have switched the level meanwhile.
      const stage = again || isElsewhere ? await api.ask("tour.begin", { body: { again } }) : (run?.tour ?? tour);
      claim();
      return setStage(stage, stop, (run?.turn ?? 0) + 1);
    },
    onSuccess: async (next) => {
      await api.queries.resetQueries({ queryKey: seamsQuery.queryKey });
      setRun(next);
    },
  });
  const start = useEffectEvent(() => play.mutate({ scene: sceneAsked(), level: tour.level }));
  const wasStarted = useRef(false);
  useEffect(() => {
    // Development draws everything twice; the stage is set once.
    if (!wasStarted.current) start();
    wasStarted.current = true;
  }, []);
  const speakAnew = useEffectEvent(() => {
    if (run && run.locale !== locale) play.mutate(stopOf(run));
  });
  // Both apps open in the page's language: in another one the scene begins again.
  useEffect(() => speakAnew(), [locale]);
  // What was asked for is shown at once; it holds when the stage is set.
  const stop = play.isPending ? play.variables : run ? stopOf(run) : { scene: sceneAsked(), level: tour.level };
  return (
    <div className={styles.tour}>
      <Head
        {...stop}
        isBusy={play.isPending}
        onPlay={(wish) => play.mutate(wish)}
        onBeginAnew={() => play.mutate({ scene: "sign_up", level: "siloed", again: true })}
      />
      {play.error ? <ProblemNote error={play.error} onRetry={() => play.mutate(play.variables ?? stop)} /> : null}
      {isElsewhere ? (
        <EmptyState title={t("tour.elsewhere.title")} text={t("tour.elsewhere.text")}>
          <Button kind="primary" busy={play.isPending} onClick={() => play.mutate(stop)}>
            {t("tour.elsewhere.here")}
          </Button>
        </EmptyState>
      ) : run ? (
        <Scene key={run.turn} run={run} onPlay={(wish) => play.mutate(wish)} />
      ) : (
        <ScreenSkeleton />
      )}
    </div>
  );
}
