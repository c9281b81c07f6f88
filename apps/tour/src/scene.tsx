import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Caption } from "./caption.tsx";
import { Framed } from "./framed.tsx";
import { keepPlayed } from "./kept.ts";
import { Matrix } from "./matrix.tsx";
import { addressOf, stopOf, type Run } from "./run.ts";
import type { Device, Stop } from "./scenes.ts";
import { seamsQuery } from "./seams.ts";
import { strandsOf } from "./thread.ts";
import { Thread } from "./thread.tsx";
import { useRoom } from "./use-room.ts";
import { useSteps } from "./use-steps.ts";
import { t } from "./t.ts";
import styles from "./tour.module.css";

const DEVICES: readonly Device[] = ["phone", "till"];

/** Two real apps and the thread between them; one app at a time where there is no room for both. */
export function Scene({ run, onPlay }: { readonly run: Run; readonly onPlay: (stop: Stop) => void }) {
  const phone = useRef<HTMLIFrameElement>(null);
  const till = useRef<HTMLIFrameElement>(null);
  const stage = useRef<HTMLElement>(null);
  const frames = useMemo(() => ({ phone, till }), []);
  const steps = useSteps(run, frames);
  const fitted = useRoom(stage);
  const [chosen, setChosen] = useState<{ readonly device: Device; readonly since: Device }>();
  const device = chosen?.since === steps.at ? chosen.device : steps.at;
  return (
    <>
      <Caption run={run} steps={steps} onPlay={onPlay} />
      {run.scene === "seams" ? <Matrix run={run} onPlay={onPlay} /> : null}
      <div className={styles.tabs} role="group" aria-label={t("tour.devices")} hidden={run.scene === "seams"}>
        {DEVICES.map((one) => (
          <button key={one} type="button" aria-pressed={one === device} onClick={() => setChosen({ device: one, since: steps.at })}>
            {t(`tour.device.${one}`)}
          </button>
        ))}
      </div>
      <main ref={stage} className={styles.stage} hidden={run.scene === "seams"}>
        {run.scene === "seams" ? null : (
          <>
            <Framed device="phone" frame={phone} src={addressOf(run, "phone")} fitted={fitted.phone} isShown={device === "phone"} />
            <Strands run={run} />
            <Framed device="till" frame={till} src={addressOf(run, "till")} fitted={fitted.till} isShown={device === "till"} />
          </>
        )}
      </main>
    </>
  );
}

/** What the passages of this scene carried; kept, so that the last page can tell of it. */
function Strands({ run }: { readonly run: Run }) {
  const seams = useQuery(seamsQuery);
  const strands = useMemo(() => strandsOf(seams.data ?? [], run.tour.at), [seams.data, run]);
  useEffect(() => keepPlayed(run.tour.id, stopOf(run), strands), [run, strands]);
  return <Thread strands={strands} />;
}
