import { useEffect, useState } from "react";
import styles from "./qr-code.module.css";

type QrCodeProps = {
  readonly text: string;
  /** What the code is for, for who cannot see it. */
  readonly label: string;
  /** Edge in pixels. Its space is kept from the start. */
  readonly size?: number;
};

/** A QR code, always dark on white: cameras read the other way round badly. The encoder is loaded when the first one is shown. */
export function QrCode({ text, label, size = 208 }: QrCodeProps) {
  const [svg, setSvg] = useState("");
  useEffect(() => {
    let shown = true;
    drawn(text).then(
      (code) => shown && setSvg(code),
      () => {}, // without a connection the encoder may not come: the space stays empty, and what is to be read stands beside it
    );
    return () => {
      shown = false;
    };
  }, [text]);
  const source = svg === "" ? undefined : `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return (
    <div className={styles.code} style={{ width: size, height: size }}>
      {source === undefined ? null : <img src={source} alt={label} width={size} height={size} />}
    </div>
  );
}

async function drawn(text: string): Promise<string> {
  const { default: encoder } = await import("qrcode");
  return encoder.toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
}
