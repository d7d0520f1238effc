/** What can be attached to a message, in the server's own names. Shared by the kind Message and by webhook payloads. */
import { z } from "zod";

const fullUrl = z.url({ protocol: /^https?$/ });

const attachmentField = z.strictObject({
  /** Heading of the field. */
  title: z.string(),
  /** Text of the field. */
  value: z.union([z.string(), z.number(), z.boolean()]),
  /** Two short fields share a line. Default false. */
  short: z.boolean().optional(),
});

/** Addresses must be whole ones, with http:// or https://: the server refuses the rest. */
export const attachment = z.strictObject({
  /** Heading. */
  title: z.string().optional(),
  /** Address behind the heading. */
  title_link: fullUrl.optional(),
  /** The heading's address is downloaded, not opened. Default false. */
  title_link_download: z.boolean().optional(),
  /** Text. */
  text: z.string().optional(),
  /** Colour of the bar at its side: "#ff0000", "good", "warning", "danger". */
  color: z.string().optional(),
  /** Time shown with it: ISO 8601, or milliseconds since 1970. */
  ts: z.union([z.string(), z.number()]).optional(),
  /** Shown folded. Default false. */
  collapsed: z.boolean().optional(),
  /** Address of a small picture beside the text. */
  thumb_url: fullUrl.optional(),
  /** Address of the message that is quoted. */
  message_link: fullUrl.optional(),
  /** Name shown as the author's. */
  author_name: z.string().optional(),
  /** Address behind the author's name. */
  author_link: fullUrl.optional(),
  /** Address of a picture of the author. */
  author_icon: fullUrl.optional(),
  /** Address of an image to show. */
  image_url: fullUrl.optional(),
  /** Address of a sound to play. */
  audio_url: fullUrl.optional(),
  /** Address of a film to play. */
  video_url: fullUrl.optional(),
  /** A small table. */
  fields: z.array(attachmentField).optional(),
});

export type Attachment = z.infer<typeof attachment>;
