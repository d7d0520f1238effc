/** Names of emoji that the sandbox takes as reactions: the common ones of the server's set. Knows nothing else. */
const NAMES = `smile smiley grinning grin laughing satisfied joy rofl slight_smile slightly_smiling_face upside_down
wink blush innocent heart_eyes kissing_heart yum stuck_out_tongue sunglasses thinking neutral_face expressionless
smirk unamused rolling_eyes grimacing relieved pensive sleepy sleeping mask dizzy_face confused worried frowning
open_mouth hushed astonished flushed cold_sweat cry sob scream disappointed sweat weary tired_face angry rage
smiling_imp skull poop clown ghost alien robot robot_face jack_o_lantern wave raised_hand ok_hand v crossed_fingers
point_left point_right point_up point_down thumbsup +1 thumbsdown -1 punch fist clap raised_hands pray handshake
muscle eyes heart orange_heart yellow_heart green_heart blue_heart purple_heart black_heart broken_heart 100 boom
fire star star2 sparkles zap sunny cloud umbrella snowflake rocket tada confetti_ball balloon gift trophy medal
checkered_flag warning no_entry white_check_mark heavy_check_mark ballot_box_with_check x negative_squared_cross_mark
question exclamation bangbang bulb mag lock unlock key hammer wrench gear link pushpin round_pushpin calendar
bell no_bell mega loudspeaker hourglass alarm_clock stopwatch coffee beer beers pizza cake bug snail turtle penguin
dog cat mouse rabbit bear panda_face koala tiger lion cow pig frog monkey see_no_evil hear_no_evil speak_no_evil`;

export const EMOJI_NAMES: ReadonlySet<string> = new Set(NAMES.split(/\s+/));
