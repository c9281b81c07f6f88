import { useMutation } from "@tanstack/react-query";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { TourSceneName } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { useState } from "react";
import { readPlayed } from "./kept.ts";
import type { Run } from "./run.ts";
import { LEVELS, SCENES, type Level, type Stop } from "./scenes.ts";
import { sumOf, type Played, type Strand } from "./thread.ts";
import { reasonOf } from "./thread.tsx";
import { t } from "./t.ts";
import styles from "./tour.module.css";

const PLAYED_SCENES = SCENES.filter((scene) => scene !== "seams");

type Props = { readonly run: Run; readonly onPlay: (stop: Stop) => void };

/** What happened: what the visitor's own passages carried and lost, scene by scene on each level, and the way to the same for a whole chain. */
export function Matrix({ run, onPlay }: Props) {
  const [played] = useState(() => readPlayed(run.tour.id));
  return (
    <main className={styles.matrix} aria-labelledby="matrix-title">
      <h2 id="matrix-title">{t("tour.seams.title")}</h2>
      <Table played={played} onPlay={onPlay} />
      <ToOffice />
    </main>
  );
}

function Table({ played, onPlay }: { readonly played: Played } & Pick<Props, "onPlay">) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is to be reached by keys
    <div className={styles.scroll} tabIndex={0} role="region" aria-labelledby="matrix-title">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("tour.seams.scene")}</th>
            {LEVELS.map((level) => (
              <LevelHead key={level} level={level} {...sumOf(played[level])} />
            ))}
          </tr>
        </thead>
        <tbody>
          {PLAYED_SCENES.map((scene) => (
            <tr key={scene}>
              <th scope="row">{t(`tour.scene.${scene}`)}</th>
              {LEVELS.map((level) => (
                <Cell key={level} stop={{ scene, level }} strands={played[level]?.[scene]} onPlay={onPlay} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LevelHead({ level, carried, lost }: { readonly level: Level; readonly carried: number; readonly lost: number }) {
  return (
    <th scope="col" className={styles.level}>
      {t(`tour.outcome.seams.${level}`)}
      {carried + lost > 0 ? <small>{t("tour.seams.sum", { carried, all: carried + lost })}</small> : null}
    </th>
  );
}

type CellProps = { readonly stop: Stop; readonly strands: readonly Strand[] | undefined } & Pick<Props, "onPlay">;

function Cell({ stop, strands, onPlay }: CellProps) {
  const touched = strands?.filter(({ state }) => state !== "idle") ?? [];
  if (touched.length === 0) return <Unplayed {...stop} onPlay={onPlay} />;
  return (
    <td>
      <ul>
        {touched.map((strand) => (
          <Mark key={strand.facet} strand={strand} />
        ))}
      </ul>
    </td>
  );
}

function Mark({ strand: { facet, state, because } }: { readonly strand: Strand }) {
  const Sign = state === "carried" ? IconCheck : IconX;
  return (
    <li data-state={state}>
      <Sign size={16} aria-hidden />
      {t(`tour.facet.${facet}`)}
      <span className="said">{t(state === "carried" ? "tour.state.carried" : "tour.state.lost")}</span>
      {because === null ? null : <small>{reasonOf(because)}</small>}
    </li>
  );
}

function Unplayed({ scene, level, onPlay }: { readonly scene: TourSceneName; readonly level: Level } & Pick<Props, "onPlay">) {
  const name = t("tour.seams.play_named", { scene: t(`tour.scene.${scene}`), level: t(`tour.level.${level}`) });
  return (
    <td>
      <Button kind="quiet" aria-label={name} onClick={() => onPlay({ scene, level })}>
        {t("tour.seams.play")}
      </Button>
    </td>
  );
}

/** As Anna, whose office has the figures of all customers. */
function ToOffice() {
  const enter = useMutation({
    mutationFn: async () => {
      const headers = { "content-type": "application/json", "weft-session": "weft_office" };
      const answer = await fetch("/v1/demo-sessions", { method: "POST", headers, body: JSON.stringify({ persona: "anna" }) });
      if (!answer.ok) throw new Error(answer.statusText);
    },
    onSuccess: () => location.assign("/office/insights/continuity"),
  });
  return (
    <Button kind="primary" busy={enter.isPending} onClick={() => enter.mutate()}>
      {t("tour.seams.office")}
    </Button>
  );
}
