import { useLayoutEffect, useRef, type RefObject } from "react";
import { t } from "./t.ts";
import type { Device } from "./scenes.ts";
import styles from "./tour.module.css";

/** What each device measures; it is drawn as large as there is room. */
const SIZE: Readonly<Record<Device, { readonly width: number; readonly height: number }>> = {
  phone: { width: 390, height: 780 },
  till: { width: 1100, height: 780 },
};

type Props = {
  readonly device: Device;
  readonly src: string;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly isShown: boolean;
};

/** A real app in its frame, scaled to its place. */
export function Framed({ device, src, frame, isShown }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = SIZE[device];
  useLayoutEffect(() => {
    const place = box.current;
    if (!place) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const scale = Math.min(1, (entry?.contentRect.width ?? width) / width);
      place.style.setProperty("--scale", String(scale));
      place.style.height = `${height * scale}px`;
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, [width, height]);
  return (
    <div ref={box} className={styles.device} data-device={device} data-shown={isShown || undefined}>
      {/* oxlint-disable-next-line react/iframe-missing-sandbox -- our own app on our own origin, with its storage and its session */}
      <iframe ref={frame} title={t(`tour.device.${device}`)} src={src} width={width} height={height} />
    </div>
  );
}
