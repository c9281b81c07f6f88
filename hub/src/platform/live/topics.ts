import type { Actor } from "../ctx.ts";
import type { LivePresenter, Presented } from "./presenter.ts";
import type { Stream } from "./stream.ts";

/** What is sent of one subject to everyone who may see it alike. */
export type Topic = {
  readonly presenter: LivePresenter;
  readonly subject: string;
  readonly id: string;
  readonly fieldClass: string;
  readonly followers: Map<Stream, Follower>;
  /** The version that was sent last. */
  version: number | undefined;
  /** The bytes that were sent last: what a new follower is sent at once. */
  message: Buffer | undefined;
  state: "fresh" | "loading" | "loading, and changed since";
  /** Somebody may have lost the right to it: all are asked again before anything more is sent [LIV-8]. */
  isDoubtful: boolean;
};

/** By whose right a stream follows a topic. */
export type Follower = { readonly actor: Actor; readonly token: string | null };

/** The subjects that are followed on this node, and by whom. */
export type Topics = {
  join(stream: Stream, presenter: LivePresenter, id: string, right: Follower & { readonly fieldClass: string }): Topic;
  leave(stream: Stream, subject: string): void;
  leaveAll(stream: Stream): void;
  of(subject: string): readonly Topic[];
  isKindFollowed(kind: string): boolean;
  count(): number;
};

export function createTopics(): Topics {
  const bySubject = new Map<string, Map<string, Topic>>();
  const subjectsOfKind = new Map<string, number>();

  function open(presenter: LivePresenter, id: string, fieldClass: string): Topic {
    const subject = `${presenter.kind}/${id}`;
    let topics = bySubject.get(subject);
    if (!topics) {
      topics = new Map();
      bySubject.set(subject, topics);
      subjectsOfKind.set(presenter.kind, (subjectsOfKind.get(presenter.kind) ?? 0) + 1);
    }
    let topic = topics.get(fieldClass);
    if (!topic) {
      topic = {
        presenter,
        subject,
        id,
        fieldClass,
        followers: new Map(),
        version: undefined,
        message: undefined,
        state: "fresh",
        isDoubtful: false,
      };
      topics.set(fieldClass, topic);
    }
    return topic;
  }

  function close(topic: Topic): void {
    const topics = bySubject.get(topic.subject);
    if (!topics?.delete(topic.fieldClass) || topics.size > 0) return;
    bySubject.delete(topic.subject);
    subjectsOfKind.set(topic.presenter.kind, (subjectsOfKind.get(topic.presenter.kind) ?? 1) - 1);
  }

  function leave(stream: Stream, subject: string): void {
    const topic = stream.topics.get(subject);
    if (!topic) return;
    stream.topics.delete(subject);
    topic.followers.delete(stream);
    if (topic.followers.size === 0) close(topic);
  }

  return {
    join(stream, presenter, id, { fieldClass, ...follower }) {
      const topic = open(presenter, id, fieldClass);
      if (stream.topics.get(topic.subject) !== topic) leave(stream, topic.subject);
      topic.followers.set(stream, follower);
      stream.topics.set(topic.subject, topic);
      return topic;
    },
    leave,
    leaveAll(stream) {
      for (const subject of stream.topics.keys()) leave(stream, subject);
    },
    of: (subject) => [...(bySubject.get(subject)?.values() ?? [])],
    isKindFollowed: (kind) => (subjectsOfKind.get(kind) ?? 0) > 0,
    count: () => bySubject.size,
  };
}

/** What goes over the wire of a subject. */
export type LiveMessage = Presented & { readonly subject: string };
