import { Button, TextInput } from "@mantine/core";
import { problemText } from "@weft/ui/app/problem-text.ts";
import type { ReactNode } from "react";
import { Beside } from "../../common/beside.tsx";
import form from "../../common/form.module.css";
import { t } from "../../t.ts";

type Props = {
  readonly title: string;
  readonly about?: string | undefined;
  readonly saving: { readonly error: Error | null; readonly isPending: boolean };
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A category or a group of options beside their list: its fields, what is wrong with them, and the way to save. */
export function ChoiceForm({ title, about, saving, onSave, onClose, children }: Props) {
  return (
    <Beside title={title} onClose={onClose}>
      {about === undefined ? null : <p className={form.quiet}>{about}</p>}
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
        <p role="alert" className={form.error}>
          {saving.error ? problemText(saving.error) : null}
        </p>
        <Button type="submit" loading={saving.isPending}>
          {t("office.save")}
        </Button>
      </form>
    </Beside>
  );
}

/** What programs and files call it. */
export function CodeInput({ value, onChange }: { readonly value: string; readonly onChange: (code: string) => void }) {
  return (
    <TextInput
      required
      size="xs"
      label={t("office.stores.field.code")}
      pattern="[a-z0-9]+([\-_][a-z0-9]+)*"
      maxLength={60}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
