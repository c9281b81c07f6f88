import { useMutation } from "@tanstack/react-query";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useCallback, useState } from "react";
import { api } from "../api.ts";
import { leaveSession } from "../customer/session.ts";
import { navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import styles from "./me.module.css";

/** Everything that is known of the customer, as a file; erasing it; signing out. */
export function OwnData() {
  const [isAsking, setIsAsking] = useState(false);
  const close = useCallback(() => setIsAsking(false), []);
  const download = useMutation({
    mutationFn: () => api.ask("customers.export", { params: { id: "me" } }),
    onSuccess: (held) => saveFile("my-data.json", "application/json", JSON.stringify(held, null, 2)),
  });
  const read = useMutation({
    mutationFn: async () => {
      const [held, { readablePage }] = await Promise.all([
        api.ask("customers.export", { params: { id: "me" } }),
        import("../data/readable.ts"),
      ]);
      return readablePage(t("shop.data.title"), currentLocale(), held);
    },
    onSuccess: (page) => saveFile("my-data.html", "text/html", page),
  });
  const leave = useMutation({ mutationFn: leaveSession, onSuccess: () => navigate(pathTo("menu")) });
  const erase = useMutation({
    mutationFn: () => api.ask("customers.erase", { params: { id: "me" } }),
    onSuccess: async () => {
      await leaveSession().catch(() => undefined); // the erasure has ended the session already
      navigate(pathTo("menu"));
    },
  });
  const error = download.error ?? read.error ?? leave.error;
  return (
    <section className={styles.part} aria-labelledby="data-title">
      <h2 id="data-title">{t("shop.data.title")}</h2>
      <p className={styles.quiet}>{t("shop.data.text")}</p>
      <div className={styles.actions}>
        <Button busy={download.isPending} onClick={() => download.mutate()}>
          {t("shop.data.download")}
        </Button>
        <Button busy={read.isPending} onClick={() => read.mutate()}>
          {t("shop.data.download_readable")}
        </Button>
        <Button busy={leave.isPending} onClick={() => leave.mutate()}>
          {t("shop.data.sign_out")}
        </Button>
        <Button kind="quiet" onClick={() => setIsAsking(true)}>
          {t("shop.data.erase")}
        </Button>
      </div>
      {error ? <ProblemNote error={error} /> : null}
      <Dialog
        open={isAsking}
        onClose={close}
        title={t("shop.data.erase_title")}
        actions={
          <>
            <Button onClick={close}>{t("shop.data.keep")}</Button>
            <Button kind="danger" busy={erase.isPending} onClick={() => erase.mutate()}>
              {t("shop.data.erase_confirm")}
            </Button>
          </>
        }
      >
        <p>{t("shop.data.erase_text")}</p>
        {erase.error ? <ProblemNote error={erase.error} /> : null}
      </Dialog>
    </section>
  );
}

function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
