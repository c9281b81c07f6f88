import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import type { BodyOf } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

type Body = BodyOf<"messages.write">;

const TOPICS: readonly Body["topic"][] = ["offers", "news", "reminders", "surveys"];

type WriteProps = { readonly customerId: string; readonly isOpen: boolean; readonly onClose: () => void };

/** A mail to one customer about a topic. Whether it leaves is asked of their terms when it does. */
export function WriteDialog({ customerId, isOpen, onClose }: WriteProps) {
  const [topic, setTopic] = useState<Body["topic"]>("offers");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const write = useAct((body: Body) => api.ask("messages.write", { params: { id: customerId }, body }), [["messages"]]);
  const send = (): void =>
    write.act(
      { kind: "email", topic, subject: subject.trim(), text: text.trim() },
      () => showToast(t("office.write.done")),
      () => {
        setSubject("");
        setText("");
        onClose();
      },
    );
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.write.title")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className={form.quiet}>{t("office.write.terms")}</p>
        <Select
          label={t("office.consent.about")}
          value={topic}
          allowDeselect={false}
          data={TOPICS.map((each) => ({ value: each, label: wordOf(`office.consent.topic.${each}`, each) }))}
          onChange={(next) => setTopic(TOPICS.find((each) => each === next) ?? topic)}
        />
        <TextInput
          label={t("office.write.subject")}
          required
          value={subject}
          maxLength={150}
          onChange={({ target }) => setSubject(target.value)}
        />
        <Textarea
          label={t("office.write.text")}
          required
          autosize
          minRows={4}
          maxLength={2000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className={form.row}>
          <Button type="submit" loading={write.isPending}>
            {t("office.write.send")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
