/** A poll: one message, and a first vote for each answer, so that people only have to click. */
import * as rocketchat from "pulumi-rocketchat";

const poll = new rocketchat.Message("lunch", {
  channel: "general",
  text: "Team lunch on Friday?\n:thumbsup: I am in\n:thumbsdown: Not this time",
});

for (const emoji of ["thumbsup", "thumbsdown"]) {
  new rocketchat.Reaction(`lunch-${emoji}`, { messageId: poll.id, emoji });
}

export const pollId = poll.id;
