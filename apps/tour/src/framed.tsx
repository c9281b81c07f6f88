import type { RefObject } from "react";
import type { Fitted } from "./fit.ts";
import type { Device } from "./scenes.ts";
import { t } from "./t.ts";
import styles from "./tour.module.css";

type Props = {
  readonly device: Device;
  readonly src: string;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly fitted: Fitted;
  readonly isShown: boolean;
};

/** A real app in its frame, scaled to its place. */
export function Framed({ device, src, frame, fitted: { width, height, scale }, isShown }: Props) {
  const place = { width: width * scale, height: height * scale };
  return (
    <div className={styles.device} data-shown={isShown || undefined} style={place}>
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- our own app on our own origin, with its storage and its session */}
      <iframe
        ref={frame}
        title={t(`tour.device.${device}`)}
        src={src}
        width={width}
        height={height}
        style={{ transform: `scale(${scale})` }}
      />
    </div>
  );
}
