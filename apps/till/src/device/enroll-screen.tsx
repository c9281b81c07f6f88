import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import type { RegisterView, SessionView } from "@weft/contracts/client";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { configQuery, useSetSession } from "./session.ts";
import styles from "./device.module.css";

/** A browser that is no till yet: a manager signs in once and says which register it is. In the demo one tap does. */
export function EnrollScreen({ staff }: { readonly staff: SessionView["staff"] }) {
  return (
    <section className={styles.screen} aria-labelledby="enroll-title">
      <div className={styles.card}>
        <h1 id="enroll-title">{t("till.enroll.title")}</h1>
        <p className={styles.lead}>{t("till.enroll.text")}</p>
        {staff ? <RegisterChoice /> : <ManagerSignIn />}
        <div className={styles.settings}>
          <LanguagePicker />
          <SchemePicker />
        </div>
      </div>
    </section>
  );
}

function ManagerSignIn() {
  const config = useQuery(configQuery);
  const setSession = useSetSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({ mutationFn: () => api.ask("access.staffSignIn", { body: { email, password } }), onSuccess: setSession });
  const demo = useMutation({
    mutationFn: (persona: "jordi" | "anna") => api.ask("access.demoSignIn", { body: { persona } }),
    onSuccess: setSession,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  const error = signIn.error ?? demo.error;
  return (
    <>
      {config.data?.demo ? (
        <div className={styles.demo}>
          <Button kind="primary" wide busy={demo.isPending} onClick={() => demo.mutate("jordi")}>
            {t("till.enroll.demo")}
          </Button>
          <p>{t("till.enroll.demo_note")}</p>
        </div>
      ) : null}
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t("till.enroll.email")}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Field
          label={t("till.enroll.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {error ? <ProblemNote error={error} /> : null}
        <Button type="submit" kind={config.data?.demo ? "secondary" : "primary"} wide busy={signIn.isPending}>
          {t("till.enroll.sign_in")}
        </Button>
      </form>
    </>
  );
}

function RegisterChoice() {
  const registers = useQuery({ queryKey: ["registers"], queryFn: ({ signal }) => api.ask("till.registers", { query: {}, signal }) });
  const setSession = useSetSession();
  const [chosen, setChosen] = useState("");
  const choiceId = useId();
  const enroll = useMutation({
    mutationFn: ({ id, placeId, name }: RegisterView) =>
      api.ask("access.enrollDevice", { body: { kind: "till", placeId, name, registerId: id } }),
    onSuccess: setSession,
  });
  const leave = useMutation({ mutationFn: () => api.ask("access.signOut", {}), onSuccess: () => location.reload() });
  if (registers.isPending) return <Skeleton />;
  if (registers.isError) return <ProblemNote error={registers.error} onRetry={registers.refetch} />;
  const { items } = registers.data;
  const register = items.find(({ id }) => id === chosen) ?? items[0];
  if (!register) return <p>{t("till.enroll.no_register")}</p>;
  return (
    <div className={styles.form}>
      <label htmlFor={choiceId} className={styles.label}>
        {t("till.enroll.register")}
      </label>
      <select id={choiceId} className={styles.select} value={register.id} onChange={({ target }) => setChosen(target.value)}>
        {[...new Set(items.map(({ placeName }) => placeName))].map((place) => (
          <optgroup key={place} label={place}>
            {items
              .filter(({ placeName }) => placeName === place)
              .map(({ id, name, training }) => (
                <option key={id} value={id}>
                  {training ? t("till.enroll.training", { name }) : name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {enroll.error ? <ProblemNote error={enroll.error} /> : null}
      <Button kind="primary" wide busy={enroll.isPending} onClick={() => enroll.mutate(register)}>
        {t("till.enroll.enroll")}
      </Button>
      <Button kind="quiet" onClick={() => leave.mutate()}>
        {t("till.enroll.sign_out")}
      </Button>
    </div>
  );
}
