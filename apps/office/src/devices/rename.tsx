import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../t.ts";

type RenameProps = {
  /** What it is that gets another name. */
  readonly label: string;
  readonly name: string;
  readonly isPending: boolean;
  readonly onSave: (name: string) => void;
};

/** The reader has just asked for it. */
const focused = (field: HTMLInputElement | null): void => field?.focus();

/** A name that is changed where it stands: one button, then the field with the name in it. */
export function Rename({ label, name, isPending, onSave }: RenameProps) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <Button
        variant="default"
        size="compact-sm"
        loading={isPending}
        aria-label={t("office.devices.rename_named", { name: `${label} ${name}` })}
        onClick={() => setDraft(name)}
      >
        {label}
      </Button>
    );
  return (
    <form
      style={{ display: "flex", gap: "var(--space-2)" }}
      onSubmit={(event) => {
        event.preventDefault();
        const next = draft.trim();
        if (next !== "" && next !== name) onSave(next);
        setDraft(null);
      }}
    >
      <TextInput
        aria-label={label}
        size="xs"
        required
        maxLength={60}
        ref={focused}
        value={draft}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={({ key }) => key === "Escape" && setDraft(null)}
      />
      <Button type="submit" size="compact-sm">
        {t("office.journal.save")}
      </Button>
    </form>
  );
}
