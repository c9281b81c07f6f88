import { useMutation, useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import { ownDevice } from "@weft/ui/browser/device.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { basket } from "../cart/basket.ts";
import { enterSession } from "../customer/session.ts";
import { navigate, useAddress } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { configQuery } from "../shared/config.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import styles from "./sign-in.module.css";

type Challenge = AnswerOf<"access.requestSignInCode"> & { readonly contact: string };

/** Sign-in by a code to one's e-mail or phone; the first time makes the customer. The cart of this browser comes along. */
export function SignInScreen() {
  const { search } = useAddress();
  const [challenge, setChallenge] = useState<Challenge | undefined>(undefined);
  const isDemo = useQuery(configQuery).data?.demo ?? false;
  const done = async (session: AnswerOf<"access.customerSignIn">): Promise<void> => {
    await enterSession(session);
    navigate(insideOnly(search.get("next")), { replace: true });
  };
  return (
    <Narrow title={t("shop.sign_in.title")} intro={challenge ? undefined : t("shop.sign_in.text")}>
      {challenge ? (
        <CodeForm challenge={challenge} onDone={done} onBack={() => setChallenge(undefined)} />
      ) : (
        <ContactForm onSent={setChallenge} />
      )}
      {isDemo ? <DemoHint isWaiting={challenge !== undefined} onDone={done} /> : null}
    </Narrow>
  );
}

function ContactForm({ onSent }: { readonly onSent: (challenge: Challenge) => void }) {
  const [contact, setContact] = useState("");
  const [givenName, setGivenName] = useState("");
  const send = useMutation({
    mutationFn: async () => {
      const name = givenName.trim();
      const body = { contact: contact.trim(), locale: currentLocale(), ...(name !== "" && { givenName: name }) };
      return { ...(await api.ask("access.requestSignInCode", { body })), contact: contact.trim() };
    },
    onSuccess: onSent,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Field
        label={t("shop.sign_in.contact")}
        hint={t("shop.sign_in.contact_hint")}
        value={contact}
        required
        minLength={3}
        maxLength={254}
        autoComplete="username"
        inputMode="email"
        onChange={({ target }) => setContact(target.value)}
      />
      <Field
        label={t("shop.sign_in.name")}
        hint={t("shop.sign_in.name_hint")}
        value={givenName}
        maxLength={80}
        autoComplete="given-name"
        onChange={({ target }) => setGivenName(target.value)}
      />
      {send.error ? <ProblemNote error={send.error} /> : null}
      <Button type="submit" kind="primary" wide busy={send.isPending}>
        {t("shop.sign_in.send")}
      </Button>
    </form>
  );
}

/** The cart that this browser filled before: it comes along. */
function ownCart(): { readonly cartId?: string; readonly cartToken?: string } {
  const { cart } = basket();
  return cart?.token ? { cartId: cart.id, cartToken: cart.token } : {};
}

type CodeProps = {
  readonly challenge: Challenge;
  readonly onDone: (session: AnswerOf<"access.customerSignIn">) => unknown;
  readonly onBack: () => void;
};

function CodeForm({ challenge, onDone, onBack }: CodeProps) {
  const [code, setCode] = useState("");
  const enter = useMutation({
    mutationFn: (typed: string) => {
      return api.ask("access.customerSignIn", { body: { challengeId: challenge.challengeId, code: typed, ...ownCart() } });
    },
    onSuccess: onDone,
  });
  function type(text: string): void {
    const digits = text.replaceAll(/\D/g, "").slice(0, 6);
    setCode(digits);
    // The sixth digit is the last: no button has to be found.
    if (digits.length === 6 && digits !== code) enter.mutate(digits);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) enter.mutate(code);
      }}
    >
      <p>{t("shop.sign_in.sent", { contact: challenge.contact })}</p>
      <div className={styles.code}>
        <Field
          label={t("shop.sign_in.code")}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          pattern="\d{6}"
          onChange={({ target }) => type(target.value)}
        />
      </div>
      {enter.error ? <ProblemNote error={enter.error} kept={t("shop.sign_in.kept")} /> : null}
      <Button type="submit" kind="primary" wide busy={enter.isPending}>
        {t("shop.sign_in.enter")}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {t("shop.sign_in.back")}
      </Button>
    </form>
  );
}

/** No mail leaves a demo: its codes are read in the outbox; or one is Léa at once. */
function DemoHint({ isWaiting, onDone }: { readonly isWaiting: boolean; readonly onDone: CodeProps["onDone"] }) {
  // In the tour one is the person that was made up for this visitor.
  const isTour = ownDevice() !== "";
  const asPersona = useMutation({
    mutationFn: () => api.ask("access.demoSignIn", { body: { persona: isTour ? "visitor" : "lea", ...ownCart() } }),
    onSuccess: onDone,
  });
  return (
    <aside className={styles.demo}>
      <p>
        {t("shop.sign_in.demo")}{" "}
        <a href="/outbox" target="_blank" rel="noreferrer">
          {t("shop.sign_in.outbox")}
        </a>
      </p>
      {isWaiting ? null : (
        <Button data-tour="sign-up" busy={asPersona.isPending} onClick={() => asPersona.mutate()}>
          {isTour ? t("shop.sign_in.as_visitor") : t("shop.sign_in.as_lea")}
        </Button>
      )}
      {asPersona.error ? <ProblemNote error={asPersona.error} /> : null}
    </aside>
  );
}

/** Where to go after it: only a path of this shop, never an address that someone else put into the link. */
function insideOnly(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : pathTo("me");
}
