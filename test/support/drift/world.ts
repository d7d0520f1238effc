/** A document that declares every kind, and of each kind every argument that a server shows. Its comments are there to be kept. */

export const WORLD = `# The workspace of Acme, whole
name: acme   # its stack's project

settings:   # first of all
  # What people may say of themselves
  Accounts_CustomFields: '{ "team": { "type": "text", "public": true } }'
  Message_CustomFields_Enabled: true # for messages
  Message_CustomFields: '{ "type": "object", "properties": { "source": { "type": "string" } } }'
  E2E_Enable: true
  Site_Name: Acme   # in the title
  SMTP_Password: { env: DRIFT_SECRET } # never here

roles:
  supporter: { description: Answers questions, scope: Users, mandatory2fa: false } # on duty

users:
  # People
  alice:   # leads
    name: Alice    # as she writes it
    email: alice@example.test
    password: { env: DRIFT_SECRET }
    verified: true
    roles:
      - user # like everybody
      - bot
    bio: |
      First line
      Second line
    nickname: "Ali"
    statusText: here # or there
    customFields: { team: one }
    active: true
  bob: { name: Bob, email: bob@example.test, password: { env: DRIFT_SECRET }, roles: [user, bot] }   # helps
  dave: { name: Dave, email: dave@example.test, password: { env: DRIFT_SECRET } } # new
  erin: { name: Erin, email: erin@example.test, password: { env: DRIFT_SECRET }, roles: [user, bot] }
  carol: { name: Carol, email: carol@example.test, password: { env: DRIFT_SECRET }, active: false } # on leave

channels:
  reports:   # what we tell
    private: false
    topic: first # of many
    description: what it is
    announcement: 'hear, hear'
    readOnly: false
    reactWhenReadOnly: false
    default: false
    featured: false
    customFields: { team: one } # owner
    systemMessages: [uj]
    joinCode: { env: DRIFT_SECRET }
    membership: exact
    members: [alice, bob, erin]   # all of us
    owners: [bob]
    moderators: []
    leaders: [bob] # for now
  retained:
    retentionOverrideGlobal: true # keep
    retentionEnabled: true
    retentionMaxAge: 30 # days
    retentionExcludePinned: false
    retentionFilesOnly: false
    retentionIgnoreThreads: false
  welcome: { default: true, favorite: false } # first steps
  radio: { broadcast: true } # one speaks
  club: { members: [alice] }
  vault: { private: true, encrypted: false }   # locked
  garden: { default: false, retentionOverrideGlobal: false } # quiet
  deck: {}
  quay: {}

channelMembers:
  deck:
    alice: { roles: [moderator] } # helps out

teams:
  crew:   # who sails
    private: false
    topic: Who sails
    description: Sailors
    announcement: Ahoy
    rooms: [quay] # theirs
    membership: exact

teamMembers:
  crew:
    alice: { roles: [owner] } # captain

roleMembers:
  answering: { username: carol, role: livechat-agent } # by day

permissions:
  mention-all: { roles: [admin, owner] } # who shouts
  mention-here:
    membership: include # at least
    roles: [admin]

incomingWebhooks:
  ci:   # the pipelines
    channel: ["#general"]
    username: bob
    enabled: true
    alias: CI
    avatar: https://example.test/a.png
    emoji: ":robot:"
    overrideDestinationChannelEnabled: false
    scriptEnabled: true
    script: |
      class Script {}
    scriptEngine: isolated-vm
    skipTranspile: false

outgoingWebhooks:
  ask:   # the oracle
    event: sendMessage
    channel: ["#general"]
    username: bob
    urls: [https://example.test/hook] # there
    enabled: true
    triggerWords: [ask]
    triggerWordAnywhere: false
    runOnEdits: false
    token: { env: DRIFT_SECRET }
    impersonateUser: false
    alias: Asker
    avatar: https://example.test/b.png
    emoji: ":wave:"
    retryFailedCalls: true
    retryCount: 3
    retryDelay: powers-of-ten
    scriptEnabled: false
    script: class Script {}
    scriptEngine: isolated-vm
    skipTranspile: false
  joins: { event: userCreated, targetRoom: "#general", username: bob, urls: [https://example.test/joins] }
  leaves: { event: roomJoined, channel: ["#general"], username: bob, urls: [https://example.test/leaves] }

personalAccessTokens:
  deploys: { bypassTwoFactor: false } # for the pipelines

oauthApps:
  Wiki: { active: true, redirectUri: [https://wiki.example.test/callback] } # the wiki

customOAuthServices:
  idp:   # our sign-in
    enabled: true
    url: https://id.example.test
    clientId: rocketchat
    clientSecret: { env: DRIFT_SECRET }
    tokenSentVia: payload
    identityTokenSentVia: header
    loginStyle: popup
    keyField: username
    tokenPath: /token
    identityPath: /me
    authorizePath: /authorize
    scope: openid # enough
    accessTokenParam: access_token
    usernameField: login
    emailField: mail
    nameField: full
    avatarField: picture
    rolesClaim: roles
    groupsClaim: groups
    rolesToSync: bot
    channelsAdmin: rocket.cat
    buttonLabelText: Sign in
    buttonLabelColor: "#FFFFFF"
    buttonColor: "#1d74f5"
    mergeUsers: false
    mergeUsersDistinctServices: false
    mergeRoles: false
    mapChannels: false
    showButton: true
    groupsChannelMap: { staff: general } # by group
  portal: { enabled: false, url: https://portal.example.test, clientId: chat, clientSecret: { env: DRIFT_SECRET } }

customUserStatuses:
  At lunch: { statusType: away } # noon

customEmojis:
  dot: { aliases: [point], file: dot.png } # small

customSounds:
  Tick: { file: tick.wav } # soft

messages:
  rules:   # read them
    channel: deck
    text: Be kind
    alias: House
    avatar: https://example.test/h.png
    attachments: [{ title: More, title_link: https://example.test/more }]
    customFields: { source: document }
    pinned: true
    reactions: [":eyes:"] # seen
  ghost: { channel: deck, text: Boo, emoji: ":ghost:" }
  answer: { channel: deck, text: So be it, threadMessageId: rules }

reactions:
  answer:
    ":tada:": {} # hooray

invites:
  guests: { channel: deck, days: 7, maxUses: 10 } # soon

fileUploads:
  picture: { channel: deck, file: dot.png, fileName: picture.png, text: A dot, description: Very small } # art
`;
