import { Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ProductDraftView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import form from "../../common/form.module.css";
import { sendFile } from "../../common/transfer.ts";
import { t } from "../../t.ts";
import { moved } from "./draft.ts";
import styles from "./editor.module.css";
import { shrinkPicture } from "./shrink-picture.ts";
import { TextInLanguages } from "./texts.tsx";

const MOST = 12;

type Pictures = ProductDraftView["pictures"];
type Props = { readonly pictures: Pictures; readonly onChange: (change: (before: Pictures) => Pictures) => void };

/** The product's pictures; the first stands for it in lists. Each says in words what it shows, for who does not see it. */
export function PicturesPart({ pictures, onChange }: Props) {
  const add = useMutation({
    mutationFn: async (file: File) => sendFile<{ url: string }>("/v1/pictures", await shrinkPicture(file)),
    onSuccess: ({ url }) => onChange((before) => (before.some((one) => one.url === url) ? before : [...before, { url, alt: { en: "" } }])),
  });
  return (
    <>
      <ul className={styles.list}>
        {pictures.map((picture, index) => (
          <li key={picture.url} className={styles.picture}>
            <img src={picture.url} alt={picture.alt.en} />
            <div className={styles.language}>
              <TextInLanguages
                label={t("office.catalog.picture_words")}
                text={picture.alt}
                onChange={(alt) => onChange((before) => before.map((one) => (one.url === picture.url ? { ...one, alt } : one)))}
              />
              <div className={styles.row}>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={index === 0}
                  onClick={() => onChange((before) => moved(before, index, -1))}
                >
                  {t("office.catalog.earlier")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={index === pictures.length - 1}
                  onClick={() => onChange((before) => moved(before, index, 1))}
                >
                  {t("office.catalog.later")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => onChange((before) => before.filter(({ url }) => url !== picture.url))}
                >
                  {t("office.catalog.remove_picture")}
                </Button>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <p role="alert" className={form.error}>
        {add.error ? problemText(add.error) : null}
      </p>
      <div>
        <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => file && add.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={add.isPending} disabled={pictures.length >= MOST}>
              {t("office.catalog.add_picture")}
            </Button>
          )}
        </FileButton>
      </div>
    </>
  );
}
