/** Where the embedded runner judges a state otherwise than the Pulumi CLI's import, and why. */
export const differences: Readonly<Record<string, { ours: "accepted" | "refused"; why: string }>> = {
  "version 1": { ours: "refused", why: "The CLI migrates old forms; the runner names the CLI as the way." },
  "version 2": { ours: "refused", why: "As version 1." },
  "version 4": { ours: "refused", why: "A newer form may say what the runner doesn't understand." },
  "version 4 with a feature": { ours: "refused", why: "As version 4." },
  "reference: dependencies with a null": { ours: "refused", why: "No engine writes it; it tells of damage." },
  "secret: no provider, a secret": { ours: "accepted", why: "It opens with the salt of the stack's own file." },
  "secret: provider of no type, a secret": { ours: "accepted", why: "As no provider." },
  "secret: salt of another passphrase": {
    ours: "refused",
    why: "The CLI finds out when it opens the first secret; the runner before anything is sealed with a wrong key.",
  },
};
