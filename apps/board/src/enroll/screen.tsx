import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useId, useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { keepBoard } from "../kept.ts";
import { t } from "../t.ts";
import styles from "./enroll.module.css";

/** A screen that is no board yet: a manager signs in once, says where it hangs, and is signed out again. */
export function EnrollScreen({ staff }: { readonly staff: SessionView["staff"] }) {
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1>{t("board.enroll.title")}</h1>
        <p className={styles.lead}>{t("board.enroll.text")}</p>
        {staff ? <PlaceChoice placeIds={staff.placeIds} /> : <SignIn />}
        <LanguagePicker />
      </div>
    </main>
  );
}

function useArrive(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => queries.setQueryData(["session"], keepBoard(session));
}

function SignIn() {
  const config = useQuery({ queryKey: ["config"], queryFn: () => api.config(), staleTime: Infinity });
  const arrive = useArrive();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({ mutationFn: () => api.ask("access.staffSignIn", { body: { email, password } }), onSuccess: arrive });
  const demo = useMutation({ mutationFn: () => api.ask("access.demoSignIn", { body: { persona: "anna" } }), onSuccess: arrive });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  const error = signIn.error ?? demo.error;
  return (
    <>
      {config.data?.demo ? (
        <Button kind="primary" wide busy={demo.isPending} onClick={() => demo.mutate()}>
          {t("board.enroll.demo")}
        </Button>
      ) : null}
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t("board.enroll.email")}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Field
          label={t("board.enroll.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {error ? <ProblemNote error={error} /> : null}
        <Button type="submit" kind={config.data?.demo ? "secondary" : "primary"} wide busy={signIn.isPending}>
          {t("board.enroll.sign_in")}
        </Button>
      </form>
    </>
  );
}

function PlaceChoice({ placeIds }: { readonly placeIds: readonly string[] }) {
  const places = useQuery({
    queryKey: ["places"],
    queryFn: async ({ signal }) => (await api.ask("places.tree", { signal })).places.filter(({ kind }) => kind === "store"),
  });
  const arrive = useArrive();
  const [chosen, setChosen] = useState("");
  const choiceId = useId();
  const enroll = useMutation({
    mutationFn: async (placeId: string) => {
      const session = await api.ask("access.enrollDevice", { body: { kind: "board", placeId, name: t("board.enroll.device") } });
      // Nobody's session is left on a wall.
      await api.ask("access.signOut", {});
      return { ...session, staff: null };
    },
    onSuccess: arrive,
  });
  if (places.isError) return <ProblemNote error={places.error} onRetry={places.refetch} />;
  if (!places.data) return <Skeleton height="8rem" />;
  const own = places.data.filter(({ id }) => placeIds.length === 0 || placeIds.includes(id));
  const wanted = own.find(({ id }) => id === chosen) ?? own[0];
  if (!wanted) return <p>{t("board.enroll.no_place")}</p>;
  return (
    <div className={styles.form}>
      <label htmlFor={choiceId}>{t("board.enroll.place")}</label>
      <select id={choiceId} className={styles.select} value={wanted.id} onChange={({ target }) => setChosen(target.value)}>
        {own.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {enroll.error ? <ProblemNote error={enroll.error} /> : null}
      <Button kind="primary" wide busy={enroll.isPending} onClick={() => enroll.mutate(wanted.id)}>
        {t("board.enroll.enroll")}
      </Button>
    </div>
  );
}
