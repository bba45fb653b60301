# Las palabras de la sala de lectura. Cada clave está en los dos catálogos.
language-own-name = Español
language-label = Idioma
look-label = Aspecto
look-system = Como el sistema
look-light = Día
look-dark = Noche
skip-to-content = Ir al contenido

## Top
search-label = Buscar en el archivo
search-placeholder = Palabras, "una frase", campo:valor
search-button = Buscar
nav-label = Sala de lectura
nav-overview = Resumen
nav-keys = Teclas
nav-legend = Signos

## Overview
overview-title = Qué contiene el archivo
overview-empty = El archivo está vacío.
overview-empty-advice = Los documentos aparecen aquí en cuanto se leen:
overview-sources = { $count ->
    [one] { $shown } fuente
   *[other] { $shown } fuentes
}
overview-pages = { $count ->
    [one] { $shown } página
   *[other] { $shown } páginas
}
seal = Sello del archivo
more = { $shown } más
notices-title = Qué no pudo leerse como se quería, y por qué
notices-none = Todo se leyó como se quería.
notices-refused = { $count ->
    [one] De { $shown } fuente no pudo leerse nada.
   *[other] De { $shown } fuentes no pudo leerse nada.
}
notices-damaged = { $count ->
    [one] En { $shown } fuente falta algo o hay algo dudoso.
   *[other] En { $shown } fuentes falta algo o hay algo dudoso.
}
notices-remarked = { $count ->
    [one] { $shown } fuente tiene una observación.
   *[other] { $shown } fuentes tienen observaciones.
}
next-step = Qué hacer:
pager-label = Páginas de esta lista
pager-before = Anteriores
pager-after = Siguientes
pager-here = { $shown } de { $value }

## Facets
facet-claim = Clase de afirmación
facet-standing = Carácter de las afirmaciones
facet-kind = Clase de documento
facet-type = Formato
facet-lang = Idioma
facet-year = Año
facet-folder = Carpeta
facet-publisher = Medio
facet-notices = Avisos
facet-unknown = sin dato

## Search
search-title = Búsqueda
search-all = Todos los documentos
understood = Se busca
join-and = y
join-or = o
remove-part = Sin: { $value }
part-word = la palabra «{ $value }»
part-prefix = palabras que empiezan por «{ $value }»
part-fuzzy = { $count ->
    [one] palabras a una letra de «{ $value }»
   *[other] palabras a { $shown } letras como mucho de «{ $value }»
}
part-phrase = la frase «{ $value }»
part-near = { $count ->
    [0] «{ $value }» una junto a otra
    [one] «{ $value }» con una palabra como mucho en medio
   *[other] «{ $value }» con { $shown } palabras como mucho en medio
}
part-dates = con una fecha en { $value }
part-dated = con fecha propia { $value }
part-amounts = una cantidad de { $value }
part-before = con fecha anterior a { $value }
part-after = con fecha posterior a { $value }
part-numbers = páginas: { $value }
part-claim-kind = una afirmación de la clase «{ $value }»
part-claim-standing = una afirmación de carácter «{ $value }»
part-claim-holder = una afirmación de quien lleva { $value }
part-claim-who = una afirmación sobre quien lleva { $value }
part-claim-role = una afirmación con { $value } como { $role }
part-quoted = «{ $value }»
part-one-claim = (todo en una misma afirmación)
part-in-field = { $value } en { $field }
part-not = no { $value }
part-none-of = no
not-understood = No se entendió:
doubt-open-quote = unas comillas no se cierran, así que la frase llega hasta el final.
doubt-parenthesis = un paréntesis está solo y se dejó fuera.
doubt-unknown-field = no hay ningún campo llamado «{ $value }», así que se buscó como palabras corrientes.
doubt-not-a-date = «{ $value }» no es una fecha (escriba 1991, 1991-03, 1991-03-07 o 1991..1992), así que se buscó como palabra corriente.
doubt-not-an-amount = «{ $value }» no es una cantidad (escriba 50000, >1000000 USD o 1000..5000 USD), así que se buscó como palabras corrientes.
doubt-not-a-number = «{ $value }» no es un número (escriba 12, 10..20 o 10..), así que se buscó como palabra corriente.
doubt-lone-operator = «{ $value }» no tiene nada que unir y se dejó fuera.
doubt-too-long = la pregunta es más larga de lo que puede preguntarse de una vez; el resto se dejó fuera.
answers = { $count ->
    [0] Ningún documento responde
    [one] { $shown } documento responde
   *[other] { $shown } documentos responden
}
sort-label = Orden
sort-relevance = Pertinencia
sort-oldest = Más antiguos primero
sort-newest = Más recientes primero
sort-title = Título
matches = { $count ->
    [one] { $shown } lugar
   *[other] { $shown } lugares
}
no-answers = Nada en el archivo responde a esta pregunta. Puede ayudar:
no-answers-fewer = Menos palabras; todas deben aparecer en un mismo documento.
no-answers-fuzzy = Un nombre puede estar escrito de otra manera o mal leído:
no-answers-fuzzy-example = Mendoza~
no-answers-language = Qué puede preguntarse, y cómo
narrow-label = Acotar

## Document
page-number = página { $shown }
page-of = Página { $shown } de { $value }
page-before = Página anterior
page-after = Página siguiente
picture-of-page = Imagen de la página { $shown }. Si no aparece, la página no pudo dibujarse; sus palabras están al lado.
picture-none = Esta sala de lectura no puede dibujar páginas; las palabras de la página están al lado.
picture-failed = Esta página no pudo dibujarse.
origin-text = palabras del archivo
origin-ocr-rten = palabras leídas de la imagen (PP-OCR)
origin-ocr-tesseract = palabras leídas de la imagen (tesseract)
origin-picture = una imagen; no había motor para leerla
ocr-sure = { $shown } % de seguridad
ocr-read = algunas páginas se leyeron de imágenes
found-in = Hallado en
passage-moved = Las palabras están ahora en otro lugar.
passage-moved-advice = El texto se leyó de nuevo desde que se hizo esta dirección; las mismas palabras se hallaron en otro lugar y están marcadas allí.
passage-gone = Las palabras de esta dirección ya no están en el texto.
passage-gone-advice = El texto se leyó de nuevo desde que se hizo la dirección. El original no ha cambiado; compárelo con su cita.
matches-here = { $count ->
    [one] { $shown } lugar responde a su pregunta
   *[other] { $shown } lugares responden a su pregunta
}
next-match-section = siguiente sección con respuesta
sections-label = Secciones de este documento
section-number = Sección { $shown }
pages-from-to = Páginas { $from }–{ $to }
section-before = Sección anterior
section-after = Sección siguiente
no-text = No pudo leerse ninguna palabra de este documento. Los avisos dicen por qué; el original puede descargarse.
as-read = como se leyó
cite-paragraph = Citar este párrafo
cite-row = Citar la fila { $shown }
table = Tabla
fold-words = { $count ->
    [one] { $shown } palabra, plegada
   *[other] { $shown } palabras, plegadas
}
reading-label = Lo que leyó la máquina
notices-here = Avisos
fields-title = Lo que dice de sí mismo
parts-title = { $count ->
    [one] { $shown } archivo dentro
   *[other] { $shown } archivos dentro
}
source-title = Fuente
found-at = Hallado en
also-at = También en
source-kind = Formato
source-size = Tamaño
source-languages = Idiomas
source-repairs = Reparaciones
source-reader = Leído por
source-hash = BLAKE3
all-files = Todos los archivos y lugares
download-original = Descargar el original (aquí no se abre)
cite-selection = Citar
cite-copied = Cita copiada
cite-failed = Abriendo la cita…

## Claims
claims-title = { $count ->
    [one] { $shown } afirmación
   *[other] { $shown } afirmaciones
}
claims-filter = Mostrar solo algunas
claims-kind = Clase
claims-standing = Carácter
claims-holder = Según
claims-any = todas
claims-any-holder = cualquiera
claims-apply = Mostrar
claims-kept = Se muestran { $shown } de { $value }.
claims-all = Mostrar todas
claims-none-here = En esta sección no se leyó ninguna afirmación así.
claims-before = Sección anterior con afirmaciones
claims-next = Sección siguiente con afirmaciones
claim-words = Afirmación { $shown }: a sus palabras
claim-not = no
claim-nobody = { $value }: sin decir
claim-amount = monto
claim-per = por { $value }
claim-when = cuándo
claim-where = dónde
claim-holder = según
claim-holder-source = el propio documento
claim-holder-unnamed = alguien sin nombrar
claim-said-by = según { $value }
claim-unsure = insegura ({ $shown } %)
claim-very-unsure = una conjetura ({ $shown } %)
claim-why = Por qué
claim-reason = «{ $words }» se lee como { $kind }.
claim-reason-role = { $role }: { $words }
claim-cite = Citar
claim-address = Dirección
claim-open = «{ $value }»
claim-gone = Esta afirmación ya no se lee aquí.
claim-gone-advice = El documento se leyó de nuevo desde que se hizo esta dirección. Sus palabras están marcadas, si siguen ahí.
claim-kind-payment = pago
claim-kind-supply = entrega
claim-kind-trafficking = tráfico
claim-kind-seizure = incautación
claim-kind-ownership = propiedad
claim-kind-appointment = nombramiento
claim-kind-dismissal = cese
claim-kind-position = cargo
claim-kind-membership = pertenencia
claim-kind-representation = representación
claim-kind-family = parentesco
claim-kind-association = vínculo
claim-kind-support = apoyo
claim-kind-opposition = oposición
claim-kind-command = mando
claim-kind-creation = creación
claim-kind-protection = protección
claim-kind-threat = amenaza
claim-kind-meeting = reunión
claim-kind-travel = viaje
claim-kind-announcement = anuncio
claim-kind-request = petición
claim-kind-agreement = acuerdo
claim-kind-publication = publicación
claim-kind-investigation = investigación
claim-kind-accusation = acusación
claim-kind-arrest = detención
claim-kind-charge = imputación
claim-kind-trial = juicio
claim-kind-conviction = condena
claim-kind-sentence = pena
claim-kind-acquittal = absolución
claim-kind-imprisonment = encarcelamiento
claim-kind-extradition = extradición
claim-kind-killing = muerte violenta
claim-kind-abduction = secuestro
claim-kind-abuse = maltrato
claim-kind-attack = ataque
claim-kind-election = elección
claim-kind-open = de ninguna clase
claim-subkind-disappearance = desaparición
claim-subkind-torture = tortura
claim-subkind-pardon = indulto
claim-subkind-shelve = archivo
claim-subkind-sign = firma
claim-subkind-deny = desmentido
claim-subkind-coup = golpe
claim-subkind-bomb = bomba
claim-subkind-order = orden
claim-subkind-lead = dirección
claim-subkind-resign = renuncia
claim-subkind-overthrow = derrocamiento
claim-subkind-retire = retiro
claim-subkind-expel = expulsión
claim-subkind-lose = derrota
claim-subkind-brother = hermano
claim-subkind-sister = hermana
claim-subkind-wife = esposa
claim-subkind-husband = esposo
claim-subkind-spouse = cónyuge
claim-subkind-son = hijo
claim-subkind-daughter = hija
claim-subkind-child = hijo o hija
claim-subkind-father = padre
claim-subkind-mother = madre
claim-subkind-parent = padre o madre
claim-subkind-uncle = tío
claim-subkind-aunt = tía
claim-subkind-nephew = sobrino
claim-subkind-niece = sobrina
claim-subkind-cousin = primo
claim-subkind-widow = viuda
claim-subkind-in-law = pariente político
claim-subkind-relative = pariente
claim-subkind-grandparent = abuelo
claim-subkind-grandchild = nieto
claim-subkind-murder = asesinato
claim-subkind-execution = ejecución
claim-subkind-call = llamada
claim-subkind-shareholder = accionista
claim-subkind-bribe = soborno
claim-subkind-salary = sueldo
claim-subkind-loan = préstamo
claim-subkind-tax = impuesto
claim-subkind-fine = multa
claim-subkind-lawyer = abogado
claim-subkind-spokesman = portavoz
claim-subkind-envoy = enviado
claim-subkind-invite = invitación
claim-subkind-theft = robo
claim-subkind-sell = venta
claim-subkind-buy = compra
claim-subkind-give = donación
claim-subkind-send = envío
claim-subkind-lend = préstamo de cosas
claim-subkind-return = devolución
claim-subkind-drugs = drogas
claim-subkind-arms = armas
claim-subkind-people = personas
claim-subkind-flee = huida
role-perpetrator = autor
role-victim = víctima
role-accuser = acusador
role-accused = acusado
role-offence = delito
role-court = tribunal
role-cleared = absuelto
role-one = uno
role-other = otro
role-thing = sobre
role-speaker = quien anuncia
role-recipient = destinatario
role-appointer = quien nombra
role-appointee = nombrado
role-post = puesto
role-organisation = organización
role-agent = quién
role-arrested = detenido
role-attacker = atacante
role-target = objetivo
role-authority = autoridad
role-commander = quien manda
role-commanded = mandado
role-convicted = condenado
role-creator = creador
role-created = creado
role-dismisser = quien cesa
role-dismissed = cesado
role-candidate = candidato
role-office = cargo
role-from = desde
role-person = persona
role-to = a
role-relative = pariente
role-prisoner = preso
role-term = pena
role-investigator = investigador
role-member = miembro
role-patient = a quién o qué
role-opponent = opositor
role-opposed = adversario
role-owner = dueño
role-asset = bien
role-share = parte
role-payer = pagador
role-payee = beneficiario
role-holder = titular
role-protector = protector
role-protected = protegido
role-publisher = quien publica
role-document = documento
role-client = representado
role-asker = quien pide
role-asked = a quien se pide
role-goods = bienes
role-sentenced = penado
role-supplier = proveedor
role-supporter = quien apoya
role-supported = apoyado
role-actor = actor
role-traveller = viajero
role-destination = destino
role-origin = origen

## Citation
citation-title = Cita
citation-text = Cita, para copiar
citation-link = Enlace en cualquier sala de lectura que tenga esta fuente
citation-hint = El sello prueba que el archivo tenía esta fuente: quipu verify lo comprueba. El enlace sigue valiendo cuando el texto se lee de nuevo.
citation-claim = Leído como
citation-document = Documento
citation-page = Página
citation-date = Fecha
citation-characters = Caracteres de la transcripción
citation-back = Volver al pasaje

## Kinds and formats
kind-article = Artículo
kind-cable = Cable diplomático
kind-mail = Correo
kind-table = Tabla
kind-letter = Carta
kind-memo = Memorando
kind-report = Informe
kind-judgment = Sentencia
kind-web-page = Página web
kind-statement = Declaración
kind-text-plain = Texto sin formato
kind-text-html = Página web (HTML)
kind-text-markdown = Markdown
kind-text-csv = Tabla (CSV)
kind-text-rtf = Texto enriquecido (RTF)
kind-application-rtf = Texto enriquecido (RTF)
kind-application-pdf = PDF
kind-message-rfc822 = Correo (EML)
kind-application-mbox = Buzón (MBOX)
kind-application-vnd-ms-outlook = Correo (Outlook MSG)
kind-application-zip = Archivo comprimido (ZIP)
kind-multipart-related = Página web guardada (MHTML)
kind-application-msword = Word 97 (DOC)
kind-application-vnd-ms-excel = Hoja de cálculo (XLS)
kind-application-vnd-openxmlformats-officedocument-wordprocessingml-document = Word (DOCX)
kind-application-vnd-openxmlformats-officedocument-spreadsheetml-sheet = Hoja de cálculo (XLSX)
kind-application-vnd-oasis-opendocument-text = Texto (ODT)
kind-application-vnd-oasis-opendocument-spreadsheet = Hoja de cálculo (ODS)
kind-image-png = Imagen (PNG)
kind-image-jpeg = Imagen (JPEG)
kind-image-tiff = Imagen (TIFF)
kind-application-octet-stream = Bytes de clase desconocida
lang-en = inglés
lang-es = español

## Notices
level-remark = Observación
level-damaged = Incompleto
level-refused = Sin leer
level-none = Ninguno

## Fields
field-title = título
field-byline = firma
field-publisher = medio
field-dateline = data
field-published = publicado
field-revised = revisado
field-reprint = reproducción de
field-address = dirección web
field-document-kind = clase
field-from = remitente
field-to = destinatario
field-subject = asunto
field-tag = etiquetas
field-number = número
field-kind = clase
field-type = formato
field-lang = idioma
field-folder = carpeta
field-year = año
field-pages = páginas
field-notices = avisos
field-cable-from = de
field-cable-to = para
field-cable-info = información
field-cable-date-time-group = grupo fecha-hora
field-cable-subject = asunto
field-cable-tags = TAGS
field-cable-reference = referencia
field-cable-distribution = distribución
field-cable-classification = clasificación
field-cable-number = número
field-cable-precedence = prioridad
field-cable-action = oficina de acción
field-cable-message-number = número del mensaje
field-cable-drafted-by = redactado por
field-cable-approved-by = aprobado por
field-cable-draft-date = fecha de redacción
field-cable-concepts = conceptos
field-cable-handling = manejo
field-cable-film-number = número de película
field-cable-executive-order = orden ejecutiva
field-cable-attention = a la atención de
field-mail-from = de
field-mail-to = para
field-mail-cc = con copia a
field-mail-bcc = copia oculta
field-mail-date = enviado
field-mail-subject = asunto
field-mail-message-id = número de mensaje
field-mail-reply-to = responder a
field-mail-in-reply-to = responde a
field-file-author = autor (archivo)
field-file-title = título (archivo)
field-file-subject = asunto (archivo)
field-file-keywords = palabras clave (archivo)
field-file-created = creado (archivo)
field-file-modified = modificado (archivo)
field-file-producer = hecho con (archivo)
field-file-creator = programa (archivo)
field-file-charset = juego de caracteres (archivo)
field-file-published = publicado (archivo)
field-file-site = sitio (archivo)
field-file-language = idioma (archivo)
field-file-description = descripción (archivo)
field-file-publisher = medio (archivo)
field-file-program = programa (archivo)
field-file-generator = generado con (archivo)
field-file-company = empresa (archivo)
field-file-last-modified-by = modificado por (archivo)
field-file-manager = responsable (archivo)
field-file-printed = impreso (archivo)
field-file-saved = guardado (archivo)
field-file-section = sección (archivo)
field-file-type = tipo (archivo)
field-file-address = dirección web (archivo)
field-mail-sender = enviado por
field-mail-received = recibido
field-mail-references = referencias

## Zones, blocks, marks, repairs
zone-navigation = Navegación
zone-newsletter = Recuadro de boletín
zone-comment-form = Formulario de comentarios
zone-share = Compartir e imprimir
zone-related = Enlaces relacionados
zone-legal = Aviso legal
zone-advertisement = Publicidad
zone-release-stamp = Sello de desclasificación
zone-page-furniture = Cabecera o número de página
block-footnote = nota
block-comment = observación al margen
block-hidden = no lo muestra el diseño
block-picture-text = descripción de una imagen
block-page-header = cabecera de página
block-page-footer = pie de página
mark-link = lleva a
mark-commented = observación
mark-inserted = insertado
mark-deleted = eliminado
mark-struck = tachado
mark-hidden = oculto
mark-note-reference = nota
repair-mojibake = codificación equivocada
repair-soft-hyphen = guion opcional
repair-line-hyphen = guion de fin de línea
repair-ligature = ligadura
repair-numeric-debris = letra impresa como número
repair-ocr-confusion = letras confundidas al leer la imagen
repair-spacing = espaciado
repair-control = signo sin forma
repair-entity = código dejado en el texto
repair-several = de varias clases

## Keys
keys-title = Teclas y preguntas
key-search = a la casilla de búsqueda
key-next = respuesta o coincidencia siguiente y anterior; si no hay, afirmación con su ficha; si no, párrafo
key-enter = abre lo que tiene el foco
key-cite = cita el párrafo que tiene el foco
key-legend = signos y líneas, entre ellas el carácter de las afirmaciones
key-keys = esta página
key-back = atrás: a las respuestas, luego al resumen
keys-need-scripts = Las teclas necesitan scripts; todo lo demás funciona sin ellos. Tab llega a todos los enlaces.
language-of-search = Qué puede preguntarse
language-of-search-lead = Ni tildes ni mayúsculas cuentan: fiscalia encuentra fiscalía. Lo que no se entiende se busca como palabras corrientes, y la página lo dice.
example-words = ambas palabras, en cualquiera de sus formas
example-phrase = estas palabras en este orden, a la letra
example-near = ambas palabras con cinco palabras como mucho en medio
example-or = una u otra (también O)
example-not = sin esta palabra (también NOT, NO)
example-group = los paréntesis agrupan
example-fuzzy = puede cambiar una letra; ~2 permite dos
example-prefix = palabras que empiezan así
example-field = en un campo: título, firma, medio, de, para, asunto, etiqueta, número, clase, tipo, idioma, carpeta
example-date = con una fecha en el texto, o propia, que puede caer en estos años; también meses y días: 1991-03-07. Las fechas vagas o abiertas valen por todo lo que pueden significar: «antes de 1993» se encuentra aquí
example-dated = el documento mismo lleva esa fecha
example-before = con fecha propia anterior; after: es posterior
example-amount = una cantidad que puede ser mayor que esta; también amount:50000, amount:1000..5000 USD, amount:PEN. «Casi» y «más de» valen por todo lo que pueden significar
example-claim = afirmaciones de una clase, con alguien en un papel: payer, payee, accused, victim…
example-claim-standing = afirmaciones según su carácter: asserted, reported, alleged, testified, found, denied, retracted, planned; quien: es cualquiera en la afirmación. Todo lo que se pide de afirmaciones vale de una sola
example-claim-holder = afirmaciones según quién las dice
example-facet = correos en español

## Legend
legend-title = Signos
legend-lead = Qué significan las líneas y los signos de un texto. Ninguno está en la fuente.
legend-word = estas palabras
legend-match = responde a su pregunta
legend-passage = el pasaje de esta dirección
legend-repair = una palabra reparada; sobre ella, las letras como se leyeron
legend-repair-quiet = reparada sin cambiar ninguna letra que cuente: guiones, ligaduras, espacios
legend-inserted = añadido por un control de cambios
legend-deleted = quitado por un control de cambios: aún legible, ya no dicho
legend-link = un enlace del documento; se muestra, nunca se sigue
legend-fold = lo que no dice el documento mismo se pliega, no se tira
legend-repairs = Clases de reparación
legend-standings = Carácter de una afirmación
legend-standings-lead = Cómo se dice una afirmación. La palabra está en su ficha; la misma línea corre bajo el pasaje que la dice. Las líneas de pasajes dentro de pasajes van una bajo otra, la más interior junto a las palabras.
standing-asserted = afirmado
standing-reported = referido
standing-alleged = presunto
standing-testified = declarado
standing-found = establecido
standing-denied = negado
standing-retracted = retractado
standing-planned = previsto
standing-means-asserted = la fuente lo dice con su propia voz
standing-means-reported = se dice que otro lo dijo
standing-means-alleged = dicho con duda o como acusación
standing-means-testified = dicho bajo juramento o en audiencia formal
standing-means-found = establecido por un tribunal, una investigación oficial o un fallo
standing-means-denied = negado
standing-means-retracted = retirado por quien lo dijo
standing-means-planned = aún no hecho, condicional u ordenado

## When something is wrong
not-found = No hay nada en esta dirección
not-found-advice = El archivo no tiene tal página ni tal fuente. La dirección puede estar cortada o ser de otro archivo.
several-sources = Varias fuentes empiezan así
several-sources-advice = La dirección es demasiado corta para nombrar una sola fuente. ¿Cuál quiere?
archive-silent = El archivo no pudo responder
archive-silent-advice = { $value }
failure = Algo falló en la sala de lectura. El archivo está intacto; inténtelo de nuevo.
refused = Esta sala está cerrada
refused-key = Ábrala con la dirección que mostró la terminal al iniciar Quipu; lleva la llave. Tras reiniciar, la llave es nueva.
refused-host = La petición iba dirigida a otro servidor. Abra la dirección que mostró la terminal.
refused-origin = La petición no vino de una página de esta sala de lectura y no se cumplió.

## Dates
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-decade = años { $year }
date-range = { $from }–{ $to }
date-until = hasta { $date }
date-since = desde { $date }
date-about = hacia { $date }
date-perhaps = quizá { $date }
month-01 = enero
month-02 = febrero
month-03 = marzo
month-04 = abril
month-05 = mayo
month-06 = junio
month-07 = julio
month-08 = agosto
month-09 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

# Lo que no pudo leerse como se quería, por el código del aviso. En inglés hablan
# los propios lectores.
notice-container-bounds = Hay más archivos adentro, o más grandes, de los que se sacan de un solo contenedor. Desempáquelo y agregue la carpeta.
notice-container-side-files = Se dejaron fuera archivos que el sistema operativo puso al lado; no contienen documentos.
notice-csv-stray-quote = Unas comillas sueltas hacen dudoso dónde termina una celda. Compare las filas con el original.
notice-doc-broken = El documento de Word está dañado. Ábralo con su programa, guárdelo de nuevo y agréguelo.
notice-format-empty = El archivo está vacío. Consígalo otra vez.
notice-format-encrypted = El archivo está cifrado. Descífrelo con su clave y agregue la copia.
notice-format-misnamed = El nombre del archivo dice una clase y su contenido es otra. Se leyó por su contenido.
notice-format-packed = El archivo está empaquetado en una forma que no se abre aquí. Desempáquelo y agregue la carpeta.
notice-format-recording = Es una grabación de sonido o de imagen. Agregue una transcripción.
notice-format-slides = Las presentaciones en esta forma no se leen. Guárdela como PDF y agréguela.
notice-format-unknown = La clase del archivo no se conoce. Ábralo con su programa, guárdelo como PDF o texto y agréguelo.
notice-gzip-damaged = El archivo comprimido está dañado; se muestra lo que pudo sacarse.
notice-gzip-too-large = El contenido desempaquetado es más grande de lo que se lee. Desempáquelo y agregue el archivo.
notice-html-deep = Los elementos de la página están anidados más hondo de lo que se sigue. Las palabras están; su disposición puede faltar.
notice-html-empty = La página no tiene palabras: probablemente las escribe un programa al abrirla. Guárdela desde el navegador, con todo su contenido, y agréguela.
notice-html-frames = La página muestra otras páginas en marcos que no están en este archivo. Agregue también esas páginas.
notice-image-damaged = La imagen está dañada y no puede mostrarse. Consiga otra copia.
notice-image-too-large = La imagen tiene más puntos de los que se leen. Guárdela más pequeña y agréguela.
notice-mail-header = El encabezado del correo está dañado o falta. Lo que pudo leerse está en el texto.
notice-mhtml-no-page = La página guardada no contiene ninguna página que pueda leerse. Guárdela otra vez desde el navegador.
notice-msg-body-broken = El cuerpo del mensaje está dañado; se muestra lo que pudo leerse.
notice-msg-broken = El mensaje de Outlook está dañado. Consiga otra copia.
notice-ocr-doubtful = La lectura óptica duda de una página. Compárela con la imagen antes de citarla.
notice-ocr-failed = La lectura óptica falló en una página. La imagen puede verse aquí.
notice-ocr-no-engine = No hay programa de lectura óptica; la página se conserva y se muestra como imagen. Instale uno y lea de nuevo.
notice-office-encrypted = El documento está protegido con contraseña. Quítele la contraseña y agregue la copia.
notice-office-member-broken = Una parte del documento está dañada; el resto se leyó.
notice-office-package-broken = El paquete del documento está dañado. Ábralo con su programa, guárdelo de nuevo y agréguelo.
notice-part-depth = Hay archivos dentro de archivos a más profundidad de la que se abre. Desempáquelos y agréguelos.
notice-part-many = Hay más archivos adentro de los que se abren. Desempáquelos y agregue la carpeta.
notice-pdf-attachment-lost = Un archivo adjunto al PDF no pudo sacarse. Ábralo con otro programa y agregue el adjunto.
notice-pdf-broken = El PDF está dañado y no puede leerse. Consiga otra copia.
notice-pdf-encrypted = El PDF está cifrado. Ábralo con su contraseña, guarde una copia sin ella y agréguela.
notice-pdf-hidden-text = El PDF contiene palabras que no se ven en la página. Están marcadas en el texto.
notice-pdf-layers-off = El PDF tiene capas que no se muestran; sus palabras no están en el texto.
notice-pdf-letters-guessed = El PDF no dice qué letras son algunos de sus signos; se adivinaron por su forma o su nombre. Compárelas con la imagen de la página.
notice-pdf-ocr-layer = Las palabras de estas páginas las puso otro programa de lectura óptica. Compárelas con la imagen de la página.
notice-pdf-page-broken = Una página está dañada y no pudo leerse; las demás se leyeron.
notice-pdf-page-full = Una página contiene más de lo que se lee de una página; el resto está solo en el original.
notice-pdf-pages-bound = El PDF tiene más páginas de las que se leen de un solo archivo. Divídalo y agréguelo por partes.
notice-pdf-scan = Hay páginas que son solo imagen; sus palabras vienen de la lectura óptica, si la hay.
notice-pdf-script = El PDF lleva programas dentro. Aquí no se ejecutan nunca.
notice-pdf-text-bound = El PDF tiene más texto del que se lee de un solo archivo. Divídalo y agréguelo por partes.
notice-pdf-unmapped = El PDF no dice qué letras son algunos de sus signos. Compare el texto con la imagen de la página.
notice-read-died = El programa que leía el archivo se cayó. Los demás archivos se leyeron; informe del error.
notice-reading-claims-many = El texto que sigue a las primeras afirmaciones, que son demasiadas, no se leyó en busca de más.
notice-reading-failed = No se leyeron fechas ni cantidades de este documento; el texto está entero.
notice-reading-more = Más palabras tienen forma de fecha o de cantidad y no lo son.
notice-time-impossible = Algo tiene forma de fecha, pero ningún calendario la tiene: quizá el día se leyó mal.
notice-read-failed = El archivo no pudo leerse. Vuelva a intentarlo; si se repite, informe del error.
notice-read-memory = La lectura necesitó más memoria de la permitida y se detuvo. Divida el archivo o guárdelo en otra forma.
notice-read-missing = El archivo ya no está donde estaba. Compruebe la carpeta y lea de nuevo.
notice-read-stalled = La lectura tardó más de lo permitido y se detuvo. Divida el archivo o guárdelo en otra forma.
notice-tar-cut = El archivo tar termina antes de tiempo; el último archivo puede estar incompleto.
notice-tar-damaged = El archivo tar está dañado; los archivos anteriores al daño se leyeron.
notice-text-cut = El texto es más largo de lo que se lee de un solo archivo. El resto queda solo en el original; divida el archivo y agréguelo por partes.
notice-text-undecodable = Algunos bytes no corresponden a ninguna letra en el juego de caracteres del archivo. Están marcados en el texto; compárelos con el original.
notice-xls-broken = La hoja de cálculo está dañada. Ábrala con su programa, guárdela de nuevo y agréguela.
notice-zip-directory = El índice del archivo ZIP está dañado; los archivos se buscaron sin él y alguno puede faltar.
notice-zip-encrypted = Hay archivos protegidos con contraseña dentro del ZIP. Desempáquelo con su contraseña y agregue la carpeta.
notice-zip-member-damaged = Un archivo del ZIP está dañado; se muestra lo que pudo sacarse.
notice-zip-member-lost = Un archivo del ZIP no pudo sacarse. Desempáquelo con otro programa y agregue la carpeta.
notice-zip-method = Un archivo del ZIP está comprimido de una forma que no se conoce aquí. Desempáquelo y agregue la carpeta.
notice-zip-too-large = Un archivo del ZIP es más grande de lo que se saca. Desempáquelo y agregue el archivo.
notice-walk-deep = Las carpetas están anidadas más hondo de lo que se sigue. Agregue la carpeta interior por separado.
notice-walk-link = Es un enlace a otra carpeta y no se siguió. Agregue la carpeta misma.
notice-walk-special = No es un archivo ni una carpeta y no se leyó.
notice-walk-unreadable = No pudo abrirse. Compruebe los permisos y lea de nuevo.
notice-image-unsupported = La imagen está en una forma que no se lee aquí. Ábrala con un programa de imágenes y guárdela como PNG.
notice-ocr-unread = La página contiene más de lo que se lee de una sola página; lo que está más abajo quedó sin leer y se ve en la imagen.

# Fechas y cantidades de un documento
expressions-title = Fechas y cantidades
times-here = { $count ->
    [one] una fecha aquí
   *[other] { $shown } fechas aquí
}
amounts-here = { $count ->
    [one] una cantidad aquí
   *[other] { $shown } cantidades aquí
}
card-time = fecha: { $value }
card-amount = cantidad: { $value }
card-bounds = puede ser
card-from-words = contado desde
card-from-document = contado desde la fecha del documento,
card-per = por
card-unit = unidad deducida de
card-unit-open = la unidad puede ser
card-unit-words = unidad tomada de
card-counted = de
card-rule = regla
unit-from-currency = otra suma o moneda del documento
unit-from-place = un lugar del documento
unit-from-country = el país del documento
unit-from-heading = el encabezado de la columna
unit-from-nearby = una cantidad cercana
unit-from-usual = lo que la palabra suele significar
amount-money = dinero
amount-count = recuento
amount-measure = medida
amount-percent = proporción
amount-rank = orden
amount-no-number = sin número
amount-approx = unos { $value }
amount-more-than = más de { $value }
amount-less-than = menos de { $value }
amount-at-least = al menos { $value }
amount-at-most = como máximo { $value }
amount-nearly = casi { $value }
amount-just-over = poco más de { $value }
bounds-both = de { $from } a { $to }
bounds-days-first = { $value } o después
bounds-days-last = { $value } o antes
date-one-of = uno de: { $value }
date-within = dentro de { $value }
per-second = segundo
per-minute = minuto
per-hour = hora
per-day = día
per-week = semana
per-month = mes
per-year = año
per-each = unidad
per-person = persona
length-years = { $count ->
    [one] { $shown } año
   *[other] { $shown } años
}
length-months = { $count ->
    [one] { $shown } mes
   *[other] { $shown } meses
}
length-weeks = { $count ->
    [one] { $shown } semana
   *[other] { $shown } semanas
}
length-days = { $count ->
    [one] { $shown } día
   *[other] { $shown } días
}
length-hours = { $count ->
    [one] { $shown } hora
   *[other] { $shown } horas
}
length-minutes = { $count ->
    [one] { $shown } minuto
   *[other] { $shown } minutos
}
legend-time-words = a principios de 1991
legend-time = una fecha; con un clic, o al llegar con Tab, una ficha dice qué se entendió y a partir de qué
legend-amount-words = 50 000 dólares
legend-amount = una cantidad; lo mismo
