import { useEffect, useEffectEvent, useRef, useState } from "react";
import { t } from "../t.ts";
import styles from "./camera.module.css";

const LOOK_EVERY_MS = 150;

/** Reads a code with the camera. The decoder is loaded only here; a browser that has one of its own uses that. */
export function CameraScanner({ onScan }: { readonly onScan: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    const stop = new AbortController();
    void watch(video.current, stop.signal, scanned).catch(() => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, []);
  if (failed) return <p role="alert">{t("till.scan.no_camera")}</p>;
  return <video ref={video} className={styles.video} muted playsInline aria-label={t("till.scan.camera")} />;
}

async function watch(video: HTMLVideoElement | null, stop: AbortSignal, onScan: (text: string) => void): Promise<void> {
  if (!video) return;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const end = (): void => stream.getTracks().forEach((track) => track.stop());
  if (stop.aborted) return end();
  stop.addEventListener("abort", end);
  const [{ createDetector }] = await Promise.all([import("./detector.ts"), show(video, stream)]);
  const detector = await createDetector();
  while (!stop.aborted) {
    const [found] = await detector.detect(video);
    if (found) {
      onScan(found.rawValue);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function show(element: HTMLVideoElement, stream: MediaStream): Promise<void> {
  const video = element;
  video.srcObject = stream;
  await video.play();
}
