import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Navigate, useNavigate } from "@tanstack/react-router";
import type { BodyOf, SessionView } from "@weft/contracts/client";
import { usePageTitle } from "@weft/ui/app/page-title.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { useState } from "react";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { ownerRoute } from "../routes.tsx";
import { Door } from "../session/door.tsx";
import { useSetSession, useStaff } from "../session/session.ts";
import { t } from "../t.ts";

/** What the one-time link of a new installation opens: its first owner makes themselves known, and is in. */
export function OwnerScreen() {
  usePageTitle(t("office.owner.go"));
  const { token } = ownerRoute.useSearch();
  const staff = useStaff();
  const setSession = useSetSession();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: "", email: "", password: "" });
  const claim = useMutation<SessionView, Error, BodyOf<"access.claimOwner">>({
    mutationFn: (body) => api.ask("access.claimOwner", { body }),
    onSuccess: async (session) => {
      setSession(session);
      await navigate({ to: "/", replace: true });
    },
  });
  if (staff) return <Navigate to="/" replace />;
  return (
    <Door title={t("office.owner.title", { brand: BRAND.name })} problem={claim.error ? problemText(claim.error) : null}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          claim.mutate({ ...draft, email: draft.email.trim(), token: token ?? "" });
        }}
      >
        <p>{t("office.owner.text")}</p>
        <TextInput
          size="sm"
          required
          maxLength={120}
          autoComplete="name"
          label={t("office.owner.name")}
          value={draft.name}
          onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
        />
        <TextInput
          size="sm"
          required
          type="email"
          autoComplete="username"
          label={t("office.sign_in.email")}
          value={draft.email}
          onChange={({ currentTarget }) => setDraft({ ...draft, email: currentTarget.value })}
        />
        <PasswordInput
          visibilityToggleButtonProps={{ "aria-label": t("office.sign_in.show_password") }}
          size="sm"
          required
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          label={t("office.sign_in.password")}
          description={t("office.owner.password_text")}
          value={draft.password}
          onChange={({ currentTarget }) => setDraft({ ...draft, password: currentTarget.value })}
        />
        <Button type="submit" size="sm" loading={claim.isPending}>
          {t("office.owner.go")}
        </Button>
      </form>
    </Door>
  );
}
