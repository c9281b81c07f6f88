import { Button, FileButton, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ProductDraftView } from "@weft/contracts/client";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import form from "../../common/form.module.css";
import { inLanguage } from "../../common/text.ts";
import { sendFile } from "../../common/transfer.ts";
import { t } from "../../t.ts";
import { moved, type VariantDraftView } from "./draft.ts";
import styles from "./editor.module.css";
import { TextInLanguages } from "./texts.tsx";

const MOST = 12;

type Pictures = ProductDraftView["pictures"];
type Picture = Pictures[number];
type Props = {
  readonly pictures: Pictures;
  readonly variants: readonly VariantDraftView[];
  readonly onChange: (change: (before: Pictures) => Pictures) => void;
};

/** The product's pictures; the first stands for it in lists. Each says in words what it shows, for who does not see it, and of which variant it is. */
export function PicturesPart({ pictures, variants, onChange }: Props) {
  const add = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const { url } = await sendFile<{ url: string }>("/v1/pictures", file);
        onChange((before) => (before.some((one) => one.url === url) ? before : [...before, { url, alt: { en: "" } }]));
      }
    },
  });
  return (
    <>
      <ul className={styles.list}>
        {pictures.map((picture, index) => (
          <li key={picture.url} className={styles.picture}>
            <img {...pictureSources(picture.url, "6rem")} alt={picture.alt.en} />
            <div className={styles.language}>
              <OnePicture
                picture={picture}
                variants={variants}
                onChange={(changed) => onChange((before) => before.map((one) => (one.url === picture.url ? changed : one)))}
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
        <FileButton
          multiple
          accept="image/jpeg,image/png,image/webp,image/avif"
          onChange={(files) => add.mutate(files.slice(0, MOST - pictures.length))}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={add.isPending} disabled={pictures.length >= MOST}>
              {t("office.catalog.add_picture")}
            </Button>
          )}
        </FileButton>
      </div>
      <p className={form.quiet}>{t("office.catalog.pictures_hint")}</p>
    </>
  );
}

type OneProps = {
  readonly picture: Picture;
  readonly variants: readonly VariantDraftView[];
  readonly onChange: (picture: Picture) => void;
};

function OnePicture({ picture, variants, onChange }: OneProps) {
  const { variantId, ...ofAll } = picture;
  return (
    <>
      <TextInLanguages label={t("office.catalog.picture_words")} text={picture.alt} onChange={(alt) => onChange({ ...picture, alt })} />
      {variants.length > 1 ? (
        <NativeSelect
          size="xs"
          label={t("office.catalog.picture_shows")}
          value={variantId ?? ""}
          data={[
            { value: "", label: t("office.catalog.picture_of_all") },
            ...variants.map(({ id, name, sku }) => ({ value: id, label: inLanguage(name) || sku || t("office.catalog.variant_unnamed") })),
          ]}
          onChange={({ currentTarget: { value } }) => onChange(value === "" ? ofAll : { ...ofAll, variantId: value })}
        />
      ) : null}
    </>
  );
}
