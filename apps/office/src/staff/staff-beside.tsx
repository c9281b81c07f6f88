import { Button, MultiSelect, NativeSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import type { Role, StaffMemberView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { LOCALE_NAMES, LOCALES, type Locale } from "@weft/ui/i18n/locales.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import { Badge } from "./badge.tsx";

const ROLES: readonly Role[] = ["owner", "manager", "cashier", "barista", "agent", "marketer", "privacy_officer", "read_only"];

type BesideProps = { readonly member?: StaffMemberView; readonly onClose: () => void };

/** One member of staff, or a new one. */
export function StaffBeside({ member, onClose }: BesideProps) {
  return (
    <Beside title={member?.name ?? t("office.staff.add")} onClose={onClose}>
      <StaffForm {...(member && { member })} onMade={onClose} />
      {member ? <Badge key={member.id} member={member} /> : null}
    </Beside>
  );
}

type Draft = {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly placeIds: readonly string[];
  readonly locale: Locale;
  readonly isActive: boolean;
  readonly password: string;
  readonly pin: string;
};

function draftOf(member: StaffMemberView | undefined): Draft {
  const known = { name: member?.name ?? "", email: member?.email ?? "", roles: member?.roles ?? [], placeIds: member?.placeIds ?? [] };
  return { ...known, locale: member?.locale ?? "en", isActive: member?.state !== "suspended", password: "", pin: "" };
}

function StaffForm({ member, onMade }: { readonly member?: StaffMemberView; readonly onMade: () => void }) {
  const me = useStaff();
  const [draft, setDraft] = useState(draftOf(member));
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct((next: Draft) => (member ? update(member.id, next) : create(next)), [["staff"]]);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        const say = (): void => showToast(t("office.saved"));
        save.act(draft, say, member ? undefined : onMade);
      }}
    >
      <TextInput
        required
        label={t("office.customers.name")}
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <TextInput
        required
        type="email"
        readOnly={member !== undefined}
        label={t("office.sign_in.email")}
        value={draft.email}
        onChange={({ currentTarget }) => change({ email: currentTarget.value })}
      />
      <Standing draft={draft} isOwn={member !== undefined && member.id === me?.id} onChange={change} />
      <Secrets draft={draft} member={member} onChange={change} />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" loading={save.isPending}>
        {member ? t("office.save") : t("office.staff.add")}
      </Button>
    </form>
  );
}

type PartProps = { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void };

/** Roles, places and state: nobody changes their own. */
function Standing({ draft, isOwn, onChange }: PartProps & { readonly isOwn: boolean }) {
  const places = usePlaceOptions();
  return (
    <>
      {isOwn ? <p className={form.quiet}>{t("office.staff.own")}</p> : null}
      <MultiSelect
        size="xs"
        required
        disabled={isOwn}
        label={t("office.staff.roles")}
        data={ROLES.map((role) => ({ value: role, label: t(`office.role.${role}`) }))}
        value={[...draft.roles]}
        onChange={(values) => onChange({ roles: ROLES.filter((role) => values.includes(role)) })}
      />
      <MultiSelect
        size="xs"
        disabled={isOwn}
        label={t("office.staff.places")}
        description={t("office.staff.places_text")}
        placeholder={draft.placeIds.length === 0 ? t("office.staff.everywhere") : ""}
        data={places}
        value={[...draft.placeIds]}
        onChange={(placeIds) => onChange({ placeIds })}
      />
      <NativeSelect
        size="xs"
        label={t("ui.language")}
        value={draft.locale}
        data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
        onChange={({ currentTarget }) => onChange({ locale: LOCALES.find((locale) => locale === currentTarget.value) ?? "en" })}
      />
      <Switch
        size="xs"
        disabled={isOwn}
        label={t("office.staff.may_sign_in")}
        checked={draft.isActive}
        onChange={({ currentTarget }) => onChange({ isActive: currentTarget.checked })}
      />
    </>
  );
}

function Secrets({ draft, member, onChange }: PartProps & { readonly member: StaffMemberView | undefined }) {
  return (
    <>
      <PasswordInput
        visibilityToggleButtonProps={{ "aria-label": t("office.sign_in.show_password") }}
        size="xs"
        required={member === undefined}
        minLength={10}
        autoComplete="new-password"
        label={member ? t("office.staff.new_password") : t("office.sign_in.password")}
        value={draft.password}
        onChange={({ currentTarget }) => onChange({ password: currentTarget.value })}
      />
      <PasswordInput
        visibilityToggleButtonProps={{ "aria-label": t("office.sign_in.show_password") }}
        size="xs"
        pattern="\d{4,8}"
        inputMode="numeric"
        autoComplete="off"
        label={member?.hasPin ? t("office.staff.new_pin") : t("office.staff.pin")}
        description={t("office.staff.pin_text")}
        value={draft.pin}
        onChange={({ currentTarget }) => onChange({ pin: currentTarget.value })}
      />
    </>
  );
}

/** An empty password or PIN stays as it was. */
function secretsOf({ password, pin }: Draft): { password?: string; pin?: string } {
  return { ...(password !== "" && { password }), ...(pin !== "" && { pin }) };
}

function update(id: string, draft: Draft): Promise<StaffMemberView> {
  const { name, roles, placeIds, locale, isActive } = draft;
  const state = isActive ? "active" : "suspended";
  return api.ask("access.updateStaff", {
    params: { id },
    body: { name, roles: [...roles], placeIds: [...placeIds], locale, state, ...secretsOf(draft) },
  });
}

function create(draft: Draft): Promise<StaffMemberView> {
  const { name, email, roles, placeIds, locale, password, pin } = draft;
  const body = { name, email: email.trim(), roles: [...roles], placeIds: [...placeIds], locale, password, ...(pin !== "" && { pin }) };
  return api.ask("access.createStaff", { body });
}
