# The words of the reading room. Every key stands in both catalogues.
language-own-name = English
language-label = Language
look-label = Look
look-system = As the system
look-light = Day
look-dark = Night
skip-to-content = Skip to the page

## Top
search-label = Search the archive
search-placeholder = Search words, "a phrase", field:value
search-button = Search
nav-label = Reading room
nav-overview = Overview
nav-keys = Keys
nav-legend = Legend

## Overview
overview-title = What the archive holds
overview-empty = The archive is empty.
overview-empty-advice = Documents appear here as soon as they are read:
overview-sources = { $count ->
    [one] { $shown } source
   *[other] { $shown } sources
}
overview-pages = { $count ->
    [one] { $shown } page
   *[other] { $shown } pages
}
seal = Archive seal
more = { $shown } more
notices-title = What could not be read as wished, and why
notices-none = Everything was read as wished.
notices-refused = { $count ->
    [one] Nothing could be read of { $shown } source.
   *[other] Nothing could be read of { $shown } sources.
}
notices-damaged = { $count ->
    [one] Of { $shown } source something is missing or doubtful.
   *[other] Of { $shown } sources something is missing or doubtful.
}
notices-remarked = { $count ->
    [one] { $shown } source has a remark.
   *[other] { $shown } sources have remarks.
}
next-step = What to do:
pager-label = Pages of this list
pager-before = Earlier
pager-after = Later
pager-here = { $shown } of { $value }

## Facets
facet-claim = Kind of claim
facet-standing = Standing of claims
facet-kind = Kind of document
facet-type = File format
facet-lang = Language
facet-year = Year
facet-folder = Folder
facet-publisher = Publisher
facet-notices = Notices
facet-unknown = not known

## Search
search-title = Search
search-all = All documents
understood = Looking for
join-and = and
join-or = or
remove-part = Without: { $value }
part-word = the word “{ $value }”
part-prefix = words that begin with “{ $value }”
part-fuzzy = { $count ->
    [one] words one letter away from “{ $value }”
   *[other] words up to { $shown } letters away from “{ $value }”
}
part-phrase = the phrase “{ $value }”
part-near = { $count ->
    [0] “{ $value }” side by side
    [one] “{ $value }” with at most one word between
   *[other] “{ $value }” with at most { $shown } words between
}
part-dates = with a date in { $value }
part-dated = dated { $value }
part-amounts = an amount of { $value }
part-before = dated before { $value }
part-after = dated after { $value }
part-numbers = pages: { $value }
part-claim-kind = a claim of the kind “{ $value }”
part-claim-standing = a claim that is { $value }
part-claim-holder = a claim said by somebody called { $value }
part-claim-who = a claim about somebody called { $value }
part-claim-role = a claim with { $value } as { $role }
part-quoted = “{ $value }”
part-one-claim = (all in one claim)
part-in-field = { $value } in { $field }
part-not = not { $value }
part-none-of = not
not-understood = Not understood:
doubt-open-quote = a quotation mark is never closed, so the phrase runs to the end.
doubt-parenthesis = a parenthesis stands alone and was left out.
doubt-unknown-field = there is no field called “{ $value }”, so it was searched as plain words.
doubt-not-a-date = “{ $value }” is not a date (write 1991, 1991-03, 1991-03-07 or 1991..1992), so it was searched as a plain word.
doubt-not-an-amount = “{ $value }” is not an amount (write 50000, >1000000 USD or 1000..5000 USD), so it was searched as plain words.
doubt-not-a-number = “{ $value }” is not a number (write 12, 10..20 or 10..), so it was searched as a plain word.
doubt-lone-operator = “{ $value }” has nothing to join and was left out.
doubt-too-long = the question is longer than can be asked at once; the rest was left out.
answers = { $count ->
    [0] No document answers
    [one] { $shown } document answers
   *[other] { $shown } documents answer
}
sort-label = Order
sort-relevance = Relevance
sort-oldest = Oldest first
sort-newest = Newest first
sort-title = Title
matches = { $count ->
    [one] { $shown } place
   *[other] { $shown } places
}
no-answers = Nothing in the archive answers this question. What may help:
no-answers-fewer = Fewer words; all of them must occur in one document.
no-answers-fuzzy = A name may be spelt otherwise or misread:
no-answers-fuzzy-example = Mendoza~
no-answers-language = What can be asked, and how
narrow-label = Narrow

## Document
page-number = page { $shown }
page-of = Page { $shown } of { $value }
page-before = Previous page
page-after = Next page
picture-of-page = Picture of page { $shown }. If it does not appear, the page could not be drawn; its words stand beside it.
picture-none = This reading room cannot draw pages; the words of the page stand beside.
picture-failed = This page could not be drawn.
origin-text = words from the file
origin-ocr-rten = words read from the picture (PP-OCR)
origin-ocr-tesseract = words read from the picture (tesseract)
origin-picture = a picture; no engine was there to read it
ocr-sure = { $shown } % sure
ocr-read = some pages were read from pictures
found-in = Found in
passage-moved = The words stand elsewhere now.
passage-moved-advice = The text was read anew since this address was made; the same words were found at another place and are marked there.
passage-gone = The words of this address are no longer in the text.
passage-gone-advice = The text was read anew since the address was made. The original is unchanged; compare it with your citation.
matches-here = { $count ->
    [one] { $shown } place answers your question
   *[other] { $shown } places answer your question
}
next-match-section = next section with an answer
sections-label = Sections of this document
section-number = Section { $shown }
pages-from-to = Pages { $from }–{ $to }
section-before = Previous section
section-after = Next section
no-text = No words could be read in this document. The notices say why; the original can be downloaded.
as-read = as read
cite-paragraph = Cite this paragraph
cite-row = Cite row { $shown }
table = Table
fold-words = { $count ->
    [one] { $shown } word, folded
   *[other] { $shown } words, folded
}
reading-label = What the machine read
notices-here = Notices
fields-title = What it says about itself
parts-title = { $count ->
    [one] { $shown } file inside
   *[other] { $shown } files inside
}
source-title = Source
found-at = Found at
also-at = Also at
source-kind = Format
source-size = Size
source-languages = Languages
source-repairs = Repairs
source-reader = Read by
source-hash = BLAKE3
all-files = All files and places
download-original = Download the original (opens nothing here)
cite-selection = Cite
cite-copied = Citation copied
cite-failed = Opening the citation…

## Claims
claims-title = { $count ->
    [one] { $shown } claim
   *[other] { $shown } claims
}
claims-filter = Show only some
claims-kind = Kind
claims-standing = Standing
claims-holder = Said by
claims-any = all
claims-any-holder = anybody
claims-apply = Show
claims-kept = { $shown } of { $value } are shown.
claims-all = Show all
claims-none-here = No such claim was read in this section.
claims-before = Earlier section with claims
claims-next = Next section with claims
claim-words = Claim { $shown }: to its words
claim-not = not
claim-nobody = { $value }: not said
claim-amount = amount
claim-per = per { $value }
claim-when = when
claim-where = where
claim-holder = said by
claim-holder-source = the document itself
claim-holder-unnamed = somebody not named
claim-said-by = said by { $value }
claim-unsure = unsure ({ $shown } %)
claim-very-unsure = a guess ({ $shown } %)
claim-why = Why
claim-reason = “{ $words }” is read as { $kind }.
claim-reason-role = { $role }: { $words }
claim-cite = Cite
claim-address = Address
claim-open = “{ $value }”
claim-gone = This claim is no longer read here.
claim-gone-advice = The document was read anew since this address was made. Its words are marked, where they still stand.
claim-kind-payment = payment
claim-kind-supply = supply
claim-kind-trafficking = trafficking
claim-kind-seizure = seizure
claim-kind-ownership = ownership
claim-kind-appointment = appointment
claim-kind-dismissal = dismissal
claim-kind-position = position
claim-kind-membership = membership
claim-kind-representation = representation
claim-kind-family = family
claim-kind-association = association
claim-kind-support = support
claim-kind-opposition = opposition
claim-kind-command = command
claim-kind-creation = creation
claim-kind-protection = protection
claim-kind-threat = threat
claim-kind-meeting = meeting
claim-kind-travel = travel
claim-kind-announcement = announcement
claim-kind-request = request
claim-kind-agreement = agreement
claim-kind-publication = publication
claim-kind-investigation = investigation
claim-kind-accusation = accusation
claim-kind-arrest = arrest
claim-kind-charge = charge
claim-kind-trial = trial
claim-kind-conviction = conviction
claim-kind-sentence = sentence
claim-kind-acquittal = acquittal
claim-kind-imprisonment = imprisonment
claim-kind-extradition = extradition
claim-kind-killing = killing
claim-kind-abduction = abduction
claim-kind-abuse = abuse
claim-kind-attack = attack
claim-kind-election = election
claim-kind-open = of no kind
claim-subkind-disappearance = disappearance
claim-subkind-torture = torture
claim-subkind-pardon = pardon
claim-subkind-shelve = shelved
claim-subkind-sign = signing
claim-subkind-deny = denial
claim-subkind-coup = coup
claim-subkind-bomb = bomb
claim-subkind-order = order
claim-subkind-lead = leading
claim-subkind-resign = resignation
claim-subkind-overthrow = overthrow
claim-subkind-retire = retirement
claim-subkind-expel = expulsion
claim-subkind-lose = defeat
claim-subkind-brother = brother
claim-subkind-sister = sister
claim-subkind-wife = wife
claim-subkind-husband = husband
claim-subkind-spouse = spouse
claim-subkind-son = son
claim-subkind-daughter = daughter
claim-subkind-child = child
claim-subkind-father = father
claim-subkind-mother = mother
claim-subkind-parent = parent
claim-subkind-uncle = uncle
claim-subkind-aunt = aunt
claim-subkind-nephew = nephew
claim-subkind-niece = niece
claim-subkind-cousin = cousin
claim-subkind-widow = widow
claim-subkind-in-law = relative by marriage
claim-subkind-relative = relative
claim-subkind-grandparent = grandparent
claim-subkind-grandchild = grandchild
claim-subkind-murder = murder
claim-subkind-execution = execution
claim-subkind-call = call
claim-subkind-shareholder = shareholder
claim-subkind-bribe = bribe
claim-subkind-salary = salary
claim-subkind-loan = loan
claim-subkind-tax = tax
claim-subkind-fine = fine
claim-subkind-lawyer = lawyer
claim-subkind-spokesman = spokesman
claim-subkind-envoy = envoy
claim-subkind-invite = invitation
claim-subkind-theft = theft
claim-subkind-sell = sale
claim-subkind-buy = purchase
claim-subkind-give = gift
claim-subkind-send = sending
claim-subkind-lend = lending
claim-subkind-return = return
claim-subkind-drugs = drugs
claim-subkind-arms = arms
claim-subkind-people = people
claim-subkind-flee = flight
role-perpetrator = perpetrator
role-victim = victim
role-accuser = accuser
role-accused = accused
role-offence = offence
role-court = court
role-cleared = cleared
role-one = one
role-other = other
role-thing = about
role-speaker = speaker
role-recipient = recipient
role-appointer = appointer
role-appointee = appointee
role-post = post
role-organisation = organisation
role-agent = who
role-arrested = arrested
role-attacker = attacker
role-target = target
role-authority = authority
role-commander = commander
role-commanded = commanded
role-convicted = convicted
role-creator = creator
role-created = created
role-dismisser = dismisser
role-dismissed = dismissed
role-candidate = candidate
role-office = office
role-from = from
role-person = person
role-to = to
role-relative = relative
role-prisoner = prisoner
role-term = term
role-investigator = investigator
role-member = member
role-patient = whom or what
role-opponent = opponent
role-opposed = opposed
role-owner = owner
role-asset = asset
role-share = share
role-payer = payer
role-payee = payee
role-holder = holder
role-protector = protector
role-protected = protected
role-publisher = publisher
role-document = document
role-client = client
role-asker = asker
role-asked = asked
role-goods = goods
role-sentenced = sentenced
role-supplier = supplier
role-supporter = supporter
role-supported = supported
role-actor = actor
role-traveller = traveller
role-destination = destination
role-origin = origin

## Citation
citation-title = Citation
citation-text = Citation, to be copied
citation-link = Link within any reading room that holds this source
citation-hint = The seal proves that the archive held this source: quipu verify checks it. The link keeps working when the text is read anew.
citation-claim = Read as
citation-document = Document
citation-page = Page
citation-date = Date
citation-characters = Characters of the transcript
citation-back = Back to the passage

## Kinds and formats
kind-article = Article
kind-cable = Diplomatic cable
kind-mail = Mail
kind-table = Table
kind-letter = Letter
kind-memo = Memorandum
kind-report = Report
kind-judgment = Judgment
kind-web-page = Web page
kind-statement = Statement
kind-text-plain = Plain text
kind-text-html = Web page (HTML)
kind-text-markdown = Markdown
kind-text-csv = Table (CSV)
kind-text-rtf = Rich text (RTF)
kind-application-rtf = Rich text (RTF)
kind-application-pdf = PDF
kind-message-rfc822 = Mail (EML)
kind-application-mbox = Mailbox (MBOX)
kind-application-vnd-ms-outlook = Mail (Outlook MSG)
kind-application-zip = Archive (ZIP)
kind-multipart-related = Saved web page (MHTML)
kind-application-msword = Word 97 (DOC)
kind-application-vnd-ms-excel = Spreadsheet (XLS)
kind-application-vnd-openxmlformats-officedocument-wordprocessingml-document = Word (DOCX)
kind-application-vnd-openxmlformats-officedocument-spreadsheetml-sheet = Spreadsheet (XLSX)
kind-application-vnd-oasis-opendocument-text = Text (ODT)
kind-application-vnd-oasis-opendocument-spreadsheet = Spreadsheet (ODS)
kind-image-png = Picture (PNG)
kind-image-jpeg = Picture (JPEG)
kind-image-tiff = Picture (TIFF)
kind-application-octet-stream = Bytes of unknown kind
lang-en = English
lang-es = Spanish

## Notices
level-remark = Remark
level-damaged = Incomplete
level-refused = Not read
level-none = None

## Fields
field-title = title
field-byline = byline
field-publisher = publisher
field-dateline = dateline
field-published = published
field-revised = revised
field-reprint = reprint of
field-address = web address
field-document-kind = kind
field-from = sender
field-to = recipient
field-subject = subject
field-tag = tags
field-number = number
field-kind = kind
field-type = format
field-lang = language
field-folder = folder
field-year = year
field-pages = pages
field-notices = notices
field-cable-from = from
field-cable-to = to
field-cable-info = info
field-cable-date-time-group = date-time group
field-cable-subject = subject
field-cable-tags = TAGS
field-cable-reference = reference
field-cable-distribution = distribution
field-cable-classification = classification
field-cable-number = number
field-cable-precedence = precedence
field-cable-action = action office
field-cable-message-number = message number
field-cable-drafted-by = drafted by
field-cable-approved-by = approved by
field-cable-draft-date = drafted
field-cable-concepts = concepts
field-cable-handling = handling
field-cable-film-number = film number
field-cable-executive-order = executive order
field-cable-attention = attention
field-mail-from = from
field-mail-to = to
field-mail-cc = copy to
field-mail-bcc = blind copy
field-mail-date = sent
field-mail-subject = subject
field-mail-message-id = message number
field-mail-reply-to = reply to
field-mail-in-reply-to = answers
field-file-author = author (file)
field-file-title = title (file)
field-file-subject = subject (file)
field-file-keywords = keywords (file)
field-file-created = made (file)
field-file-modified = changed (file)
field-file-producer = made with (file)
field-file-creator = program (file)
field-file-charset = charset (file)
field-file-published = published (file)
field-file-site = site (file)
field-file-language = language (file)
field-file-description = description (file)
field-file-publisher = publisher (file)
field-file-program = program (file)
field-file-generator = generated with (file)
field-file-company = company (file)
field-file-last-modified-by = last modified by (file)
field-file-manager = manager (file)
field-file-printed = printed (file)
field-file-saved = saved (file)
field-file-section = section (file)
field-file-type = type (file)
field-file-address = web address (file)
field-mail-sender = sent by
field-mail-received = received
field-mail-references = references

## Zones, blocks, marks, repairs
zone-navigation = Navigation
zone-newsletter = Newsletter box
zone-comment-form = Comment form
zone-share = Share and print row
zone-related = Related links
zone-legal = Legal notice
zone-advertisement = Advertisement
zone-release-stamp = Release stamp
zone-page-furniture = Running head or page number
block-footnote = note
block-comment = remark in the margin
block-hidden = not shown by the layout
block-picture-text = description of a picture
block-page-header = head of the page
block-page-footer = foot of the page
mark-link = leads to
mark-commented = remark
mark-inserted = inserted
mark-deleted = deleted
mark-struck = struck out
mark-hidden = hidden
mark-note-reference = note
repair-mojibake = wrong charset
repair-soft-hyphen = soft hyphen
repair-line-hyphen = hyphen at the end of a line
repair-ligature = ligature
repair-numeric-debris = letter printed as a number
repair-ocr-confusion = letters mistaken in reading the picture
repair-spacing = spacing
repair-control = sign without a shape
repair-entity = mark-up left in the text
repair-several = several kinds

## Keys
keys-title = Keys and questions
key-search = to the search box
key-next = next and previous answer or match; else claim, with its card; else paragraph
key-enter = opens what is in focus
key-cite = cites the paragraph in focus
key-legend = legend of lines and signs, standings of claims among them
key-keys = this page
key-back = back: to the answers, then to the overview
keys-need-scripts = Keys need scripts; everything else works without them. Tab reaches every link.
language-of-search = What can be asked
language-of-search-lead = Accents and capitals never matter: fiscalia finds fiscalía. What is not understood is searched as plain words, and the page says so.
example-words = both words, in any of their forms
example-phrase = these words in this order, to the letter
example-near = both words with at most five words between
example-or = one or the other (O in Spanish)
example-not = without this word (or NOT, NO)
example-group = parentheses join
example-fuzzy = one letter may differ; ~2 allows two
example-prefix = words that begin so
example-field = in a field: title, byline, publisher, from, to, subject, tag, number, kind, type, lang, folder
example-date = with a date in its text, or of its own, that can lie in these years; months and days too: 1991-03-07. Vague and open dates count for all they may mean: “before 1993” is found here
example-dated = the document itself is dated so
example-before = dated earlier than this; after: is later
example-amount = an amount that can be more than this; also amount:50000, amount:1000..5000 USD, amount:PEN. “Nearly” and “more than” count for all they may mean
example-claim = claims of a kind, with somebody in a role: payer, payee, accused, victim…
example-claim-standing = claims by how they are said: asserted, reported, alleged, testified, found, denied, retracted, planned; who: is anybody in the claim. All that is asked of claims holds of one claim
example-claim-holder = claims by who says them
example-facet = mails in Spanish

## Legend
legend-title = Legend
legend-lead = What the lines and signs in a text mean. None of them stands in the source.
legend-word = these words
legend-match = answers your question
legend-passage = the passage of this address
legend-repair = a mended word; on it, the letters as read
legend-repair-quiet = mended without changing a letter that counts: hyphens, ligatures, spaces
legend-inserted = put in by a tracked change
legend-deleted = taken out by a tracked change: still readable, no longer said
legend-link = a link in the document; it is shown, never followed
legend-fold = what is not the document’s own say is folded, not thrown away
legend-repairs = Kinds of repair
legend-standings = Standing of a claim
legend-standings-lead = How a claim is said. The word stands on its card; the same line runs under the passage that says it. Lines of passages within passages stand one under the other, the innermost nearest to the words.
standing-asserted = asserted
standing-reported = reported
standing-alleged = alleged
standing-testified = testified
standing-found = found
standing-denied = denied
standing-retracted = retracted
standing-planned = planned
standing-means-asserted = the source says it in its own voice
standing-means-reported = somebody else is said to have said it
standing-means-alleged = said with doubt or as an accusation
standing-means-testified = said under oath or in a formal hearing
standing-means-found = found by a court, an inquiry or a verdict
standing-means-denied = denied
standing-means-retracted = withdrawn by the one who said it
standing-means-planned = not yet done, conditional or ordered

## When something is wrong
not-found = There is nothing at this address
not-found-advice = The archive holds no such page or source. The address may be cut off, or belong to another archive.
several-sources = Several sources begin like this
several-sources-advice = The address is too short to name one source. Which do you mean?
archive-silent = The archive could not answer
archive-silent-advice = { $value }
failure = Something went wrong in the reading room. The archive is unharmed; please try again.
refused = This room is closed
refused-key = Open it with the address that the terminal printed when Quipu started; it carries the key. After a restart the key is new.
refused-host = The request was meant for another host. Open the address that the terminal printed.
refused-origin = The request did not come from a page of this reading room and was not carried out.

## Dates
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-decade = { $year }s
date-range = { $from }–{ $to }
date-until = until { $date }
date-since = since { $date }
date-about = about { $date }
date-perhaps = perhaps { $date }
month-01 = January
month-02 = February
month-03 = March
month-04 = April
month-05 = May
month-06 = June
month-07 = July
month-08 = August
month-09 = September
month-10 = October
month-11 = November
month-12 = December

# Times and amounts in a document
expressions-title = Times and amounts
times-here = { $count ->
    [one] one time here
   *[other] { $shown } times here
}
amounts-here = { $count ->
    [one] one amount here
   *[other] { $shown } amounts here
}
card-time = time: { $value }
card-amount = amount: { $value }
card-bounds = can be
card-from-words = reckoned from
card-from-document = reckoned from the document’s date,
card-per = per
card-unit = unit known by
card-unit-open = unit can be
card-unit-words = unit from
card-counted = of
card-rule = rule
unit-from-currency = another sum or currency in the document
unit-from-place = a place in the document
unit-from-country = the country of the document
unit-from-heading = the heading of the column
unit-from-nearby = an amount nearby
unit-from-usual = what the word usually means
amount-money = money
amount-count = count
amount-measure = measure
amount-percent = share
amount-rank = rank
amount-no-number = no number said
amount-approx = about { $value }
amount-more-than = more than { $value }
amount-less-than = less than { $value }
amount-at-least = at least { $value }
amount-at-most = at most { $value }
amount-nearly = nearly { $value }
amount-just-over = just over { $value }
bounds-both = { $from } to { $to }
bounds-days-first = { $value } or later
bounds-days-last = { $value } or earlier
date-one-of = one of { $value }
date-within = within { $value }
per-second = second
per-minute = minute
per-hour = hour
per-day = day
per-week = week
per-month = month
per-year = year
per-each = each
per-person = person
length-years = { $count ->
    [one] { $shown } year
   *[other] { $shown } years
}
length-months = { $count ->
    [one] { $shown } month
   *[other] { $shown } months
}
length-weeks = { $count ->
    [one] { $shown } week
   *[other] { $shown } weeks
}
length-days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
length-hours = { $count ->
    [one] { $shown } hour
   *[other] { $shown } hours
}
length-minutes = { $count ->
    [one] { $shown } minute
   *[other] { $shown } minutes
}
legend-time-words = early 1991
legend-time = a time; click it, or reach it with Tab, and a card says what it was taken to mean and from what
legend-amount-words = 50,000 dollars
legend-amount = an amount; the same
