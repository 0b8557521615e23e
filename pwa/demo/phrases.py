"""Sentences for the demo's notes, promises and requests, some of them by trade."""

TRADES = {
    "freight": (
        "The scanners in {hall} drop off the wireless network around {hour}.",
        "Two trucks stood {minutes} minutes because the customs form would not print.",
        "Wants the cameras of {hall} on the same screen as the gate.",
        "The label printer in {hall} is back, no jams since {weekday}.",
        "Peak starts in {count} weeks; nothing may change after that.",
        "The night shift called the terminal in {hall} slow, about {minutes} minutes to log in.",
        "They hire {count} drivers and need tablets for each of them.",
    ),
    "health": (
        "Reception could not open the diary between {hour} and lunch.",
        "The X-ray pictures take {minutes} seconds to load in room {count}.",
        "They want patient texts to go out before {hour}.",
        "Room {count} is being rebuilt, two sockets must move.",
        "The new hygienist starts on {weekday} and needs an account.",
        "Backups ran every night this month; I read out the {count} dates.",
        "The card reader at the front desk failed {count} times on {weekday}.",
    ),
    "office": (
        "Month end went through; the finance folder stayed fast until {hour}.",
        "Mail stops for a while after lunch, {count} people saw it on {weekday}.",
        "Two people share one licence and know it; {count} more are needed.",
        "The meeting room on floor {count} has no sound from the far end.",
        "They asked how long we keep deleted mail. I said {count} months, in writing to follow.",
        "A new partner joins on {weekday} with a laptop of her own.",
        "The scanner sends to the wrong folder since {weekday}.",
    ),
    "food": (
        "The cold-store sensor sent {count} alarms in one night, all false.",
        "Tills were down for {minutes} minutes on {weekday}, at the worst time.",
        "They open another counter in {count} weeks and want it on the same system.",
        "Orders from the web shop reach the kitchen again within a minute.",
        "Delivery notes print twice since {weekday}.",
        "The bakery starts at four, so updates must be over by {hour} the evening before.",
        "Stock count is on {weekday}; the hand scanners are charged and tested.",
    ),
    "building": (
        "The site office in container {count} has one bar of signal.",
        "Drawings of {count} megabytes take all morning from the site.",
        "The plotter eats paper again; a technician comes on {weekday}.",
        "They won the school extension: {count} more people on site from next month.",
        "Time sheets came in by photo again, because the app asks twice for the password.",
        "The welding hall needs a terminal that takes gloves.",
        "A digger cut the cable on {weekday}; the mobile line carried them for {minutes} minutes.",
    ),
    "hotel": (
        "Guests on floor {count} cannot see the network at all.",
        "Check-in queue was {minutes} minutes long while the booking system restarted.",
        "Conference on {weekday} with {count} hundred people, all of them online.",
        "Door cards for wing {count} had to be written twice.",
        "The night porter wants one number to ring and found it on our card.",
        "Screens in the lobby show last week's programme.",
        "Season ends in {count} weeks; that is when we may touch the switches.",
    ),
    "school": (
        "Exams begin in {count} weeks; nothing may move in that time.",
        "Year {count} cannot print from the tablets since {weekday}.",
        "The projector in room {count} shows everything in green.",
        "Parents' evening on {weekday}: they want the guest network until {hour}.",
        "{count} laptops came back from the summer without chargers.",
        "The council asks for a list of who may read what; I said I would draft it.",
        "Two teachers were locked out on {weekday} and lost {minutes} minutes of a lesson.",
    ),
    "trade": (
        "The till froze {count} times on Saturday with a queue to the door.",
        "Moved the server out of the kitchen on {weekday}; it is quiet there now.",
        "The web shop took {count} orders overnight and all of them arrived.",
        "They want photos from the shop floor on the site without a detour by mail.",
        "The lease of the copier runs out in {count} months.",
        "The alarm company changed the line on {weekday} without telling anyone.",
        "Price labels come out with last month's figures.",
    ),
}

OPENINGS = (
    "{first} picked up at once.",
    "{first} had {minutes} minutes between two meetings.",
    "Good talk, {first} was in no hurry.",
    "Short one, {first} stood in the car park.",
    "{first} sounded tired; they are {count} people short this week.",
    "{first} is pleased with how {weekday} went.",
    "{first} began with the holidays, then came to the point.",
    "Asked {first} what has got better since we last spoke.",
    "{first} was curt at first, and warmer once I had said sorry for {weekday}.",
    "Went through every open point with {first}.",
    "{first} had the list in front of them, so did I.",
    "I asked how the week had been; {first} said “busy, but ours”.",
    "{first} put me on speaker with {count} colleagues.",
    "Called {first} before the shift, as agreed.",
)

FEELINGS = (
    "Feels looked after.",
    "Worried about {weekday}, wants me reachable from {hour} on.",
    "Said the last technician explained things well.",
    "Would rather have one person than a ticket number.",
    "Thinks we are quick, but hears of it too late.",
    "Compared us with their last supplier, in our favour.",
    "Did not want to complain, so I asked twice.",
    "Happy to be a reference, after {weekday}.",
    "Misses a short summary after each visit.",
    "Asked who stands in for me when I am away.",
    "Likes that we call before they have to.",
    "Budget is decided in {count} weeks; {first} wants figures before that.",
    "Nothing new, and glad to be asked.",
    "Laughed about the {count} passwords they used to have.",
)

ENDINGS = (
    "Next time we look at {count} old machines.",
    "Agreed to speak again as usual.",
    "I send a line once it is done.",
    "{first} tells the others.",
    "To be checked on {weekday}.",
    "Left it at that, {first} had a visitor.",
    "Same time next round.",
    "I ring {first} if it slips.",
)

WRITTEN = (
    "Wrote where the open points stand, {count} of them.",
    "Update by mail: the {weekday} change is done and tested.",
    "Sent the short summary {first} asked for.",
    "Wrote what happens on {weekday} and who will be there.",
    "Confirmed by mail that the {count} accounts are ready.",
    "Mailed the figures for {count} months, with two lines on what they mean.",
)

PROMISES = (
    "send the quote for {count} new switches",
    "have somebody look at the printer",
    "send the licence list",
    "ask the supplier about the delivery day",
    "test the restore and send the result",
    "be on the phone at the start of the change",
    "send a plan for the move",
    "find out why the mail stops after lunch",
    "order {count} spare chargers",
    "send the list of who may read what",
    "ring the alarm company for them",
    "write down the steps for the new colleague",
)

REQUESTS = (
    "Backup alarm at the second site",
    "Second monitor for the front desk",
    "Mail stops after lunch",
    "Account for the new colleague",
    "Wireless is weak in the back room",
    "Printer by the stairs jams",
    "Old laptops to be wiped",
    "Shared calendar for the team",
    "Phone line to the warehouse crackles",
    "Screen in the meeting room stays dark",
    "Password resets by themselves",
    "Access for the accountant",
)

NEEDS = (
    "one person who knows the site",
    "no surprises in the last week of the month",
    "a warning before anything is switched off",
    "short sentences, no abbreviations",
    "somebody who picks up before seven",
    "to know what it costs before it is done",
    "proof that the backup can be read",
    "thinks we are careful, and a little slow",
)

WORDS = {
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "hour": ("seven", "eight", "half past nine", "ten", "noon", "two", "four", "six"),
    "count": ("two", "three", "four", "five", "six", "seven", "eight"),
    "minutes": ("ten", "twelve", "fifteen", "twenty", "twenty-five", "forty"),
    "hall": ("hall A", "hall B", "the cold hall", "the loading bay", "the sorting hall"),
}
