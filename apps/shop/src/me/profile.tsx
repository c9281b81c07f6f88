import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import { useMutation } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { formatList } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { t } from "../t.ts";
import styles from "./me.module.css";

type Me = AnswerOf<"customers.me">;

/** Name, and what is known to reach them by. */
export function Profile({ me }: { readonly me: Me }) {
  const [givenName, setGivenName] = useState(me.givenName ?? "");
  const [familyName, setFamilyName] = useState(me.familyName ?? "");
  const save = useMutation({
    mutationFn: () =>
      api.ask("customers.update", { params: { id: "me" }, body: { givenName: givenName.trim(), familyName: familyName.trim() } }),
    onSuccess: async () => {
      showToast(t("shop.me.saved"));
      await Promise.all([api.queries.invalidateQueries({ queryKey: ["customer"] }), api.queries.invalidateQueries(sessionQuery)]);
    },
  });
  const isChanged = givenName.trim() !== (me.givenName ?? "") || familyName.trim() !== (me.familyName ?? "");
  return (
    <section className={styles.part} aria-labelledby="profile-title">
      <h2 id="profile-title">{t("shop.me.profile")}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field
          label={t("shop.me.given_name")}
          value={givenName}
          maxLength={80}
          autoComplete="given-name"
          onChange={({ target }) => setGivenName(target.value)}
        />
        <Field
          label={t("shop.me.family_name")}
          value={familyName}
          maxLength={80}
          autoComplete="family-name"
          onChange={({ target }) => setFamilyName(target.value)}
        />
        {save.error ? <ProblemNote error={save.error} /> : null}
        <Button type="submit" disabled={!isChanged} busy={save.isPending}>
          {t("shop.me.save")}
        </Button>
      </form>
      <ul className={styles.contacts}>
        <ContactRow value={me.email} isVerified={me.verified.includes("email")} />
        <ContactRow value={me.phone && formatPhone(me.phone)} isVerified={me.verified.includes("phone")} />
      </ul>
      {me.channels.length > 1 ? (
        <p className={styles.quiet}>{t("shop.me.channels", { list: formatList(me.channels.map(channelName)) })}</p>
      ) : null}
    </section>
  );
}

function ContactRow({ value, isVerified }: { readonly value: string | null; readonly isVerified: boolean }) {
  if (value === null) return null;
  return (
    <li>
      <span>{value}</span>
      {isVerified ? (
        <span className={styles.verified}>
          <IconCircleCheck size={18} stroke={1.75} aria-hidden />
          {t("shop.me.verified")}
        </span>
      ) : null}
    </li>
  );
}
