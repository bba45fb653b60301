//! The elements of HTML, as far as they matter for reading.

/// What an element does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Runs along in the line, with no meaning of its own here.
    Inline,
    /// Stands on lines of its own.
    Block,
    /// A link.
    A,
    /// `aside`, `footer`, `nav`: parts of a page that may not be its own say.
    Aside,
    Footer,
    Nav,
    Blockquote,
    Body,
    Br,
    /// `button`, `select`, `textarea`: for pressing and filling in.
    Control,
    Caption,
    Cell,
    HeadCell,
    Del,
    /// `dd` and `dt`.
    Definition,
    DefinitionList,
    /// Never shown where scripts run: `noscript`, `template`, `video`….
    Dropped,
    Figcaption,
    Frame,
    Heading,
    Hr,
    Html,
    Img,
    Ins,
    Li,
    Link,
    List,
    Meta,
    P,
    Pre,
    Quote,
    Script,
    Style,
    Sup,
    /// Words in a drawing.
    Svg,
    Table,
    TableHead,
    TableBody,
    Row,
    Time,
    Title,
    Wbr,
}

impl Tag {
    /// The element of a name in any case.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = [0u8; 12];
        let Some(slot) = lower.get_mut(..name.len()) else {
            return Self::Inline;
        };
        slot.copy_from_slice(name.as_bytes());
        slot.make_ascii_lowercase();
        match &*slot {
            b"a" => Self::A,
            b"p" => Self::P,
            b"br" => Self::Br,
            b"div" | b"section" | b"article" | b"main" | b"header" | b"center" | b"address"
            | b"details" | b"summary" | b"dialog" | b"fieldset" | b"figure" | b"form"
            | b"hgroup" | b"legend" | b"search" | b"optgroup" | b"option" | b"frameset" => {
                Self::Block
            }
            b"li" => Self::Li,
            b"ul" | b"ol" | b"menu" | b"dir" => Self::List,
            b"td" => Self::Cell,
            b"th" => Self::HeadCell,
            b"tr" => Self::Row,
            b"table" => Self::Table,
            b"tbody" | b"tfoot" => Self::TableBody,
            b"thead" => Self::TableHead,
            b"caption" => Self::Caption,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"img" => Self::Img,
            b"script" => Self::Script,
            b"style" | b"xmp" | b"noembed" | b"noframes" => Self::Style,
            b"iframe" | b"frame" => Self::Frame,
            b"nav" => Self::Nav,
            b"aside" => Self::Aside,
            b"footer" => Self::Footer,
            b"blockquote" => Self::Blockquote,
            b"pre" | b"listing" | b"plaintext" => Self::Pre,
            b"button" | b"select" | b"textarea" => Self::Control,
            b"dd" | b"dt" => Self::Definition,
            b"dl" => Self::DefinitionList,
            b"del" | b"s" | b"strike" => Self::Del,
            b"ins" => Self::Ins,
            b"noscript" | b"template" | b"video" | b"audio" | b"canvas" | b"annotation" => {
                Self::Dropped
            }
            b"figcaption" => Self::Figcaption,
            b"hr" => Self::Hr,
            b"html" => Self::Html,
            b"body" => Self::Body,
            b"link" => Self::Link,
            b"meta" => Self::Meta,
            b"q" => Self::Quote,
            b"sup" => Self::Sup,
            b"svg" => Self::Svg,
            b"time" => Self::Time,
            b"title" => Self::Title,
            b"wbr" => Self::Wbr,
            _ => Self::Inline,
        }
    }

    /// Whether it never has content.
    pub(super) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Br | Self::Hr | Self::Img | Self::Link | Self::Meta | Self::Wbr
        )
    }

    /// Whether text before, in and after it stands in different blocks.
    pub(super) const fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::A
                | Self::Br
                | Self::Del
                | Self::Dropped
                | Self::Frame
                | Self::Img
                | Self::Ins
                | Self::Link
                | Self::Meta
                | Self::Quote
                | Self::Script
                | Self::Style
                | Self::Sup
                | Self::Svg
                | Self::Time
                | Self::Title
                | Self::Wbr
        )
    }

    /// Whether it is a piece of a table: such end tags reach past other
    /// elements, and other end tags never reach past these.
    pub(super) const fn is_table_piece(self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::TableHead
                | Self::TableBody
                | Self::Row
                | Self::Cell
                | Self::HeadCell
                | Self::Caption
        )
    }
}
