import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { usePageTitle } from "@weft/ui/app/page-title.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { Door } from "./door.tsx";
import { configQuery, useSetSession } from "./session.ts";
import styles from "./sign-in-screen.module.css";

type Credentials = { readonly email: string; readonly password: string };

/** The door of the office: e-mail and password, and in the demo one tap as its manager. */
export function SignInScreen() {
  usePageTitle(t("office.sign_in.go"));
  const config = useQuery(configQuery);
  const setSession = useSetSession();
  const signIn = useMutation<SessionView, Error, Credentials>({
    mutationFn: (body) => api.ask("access.staffSignIn", { body }),
    onSuccess: setSession,
  });
  const asAnna = useMutation<SessionView>({
    mutationFn: () => api.ask("access.demoSignIn", { body: { persona: "anna" } }),
    onSuccess: setSession,
  });
  const error = signIn.error ?? asAnna.error;
  return (
    <Door title={t("office.sign_in.title", { brand: BRAND.name })} problem={error ? problemText(error) : null}>
      {config.data?.demo ? (
        <div className={styles.demo}>
          <Button size="md" fullWidth loading={asAnna.isPending} onClick={() => asAnna.mutate()}>
            {t("office.sign_in.as_anna")}
          </Button>
          <small>{t("office.sign_in.or")}</small>
        </div>
      ) : null}
      <CredentialsForm isBusy={signIn.isPending} isQuiet={config.data?.demo ?? false} onSubmit={(given) => signIn.mutate(given)} />
    </Door>
  );
}

type FormProps = { readonly isBusy: boolean; readonly isQuiet: boolean; readonly onSubmit: (given: Credentials) => void };

function CredentialsForm({ isBusy, isQuiet, onSubmit }: FormProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ email: email.trim(), password });
      }}
    >
      <TextInput
        size="sm"
        required
        type="email"
        autoComplete="username"
        label={t("office.sign_in.email")}
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <PasswordInput
        visibilityToggleButtonProps={{ "aria-label": t("office.sign_in.show_password") }}
        size="sm"
        required
        autoComplete="current-password"
        label={t("office.sign_in.password")}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Button type="submit" size="sm" variant={isQuiet ? "default" : "filled"} loading={isBusy}>
        {t("office.sign_in.go")}
      </Button>
    </form>
  );
}
