//! What fills the slots of a pattern.

use std::collections::BTreeMap;

use quipu_packs::Setting;

use super::quantity::Quantity;
use super::token::Form;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $type { $($variant,)* }

        impl $type {
            pub(crate) fn named(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use named;

named! {
    /// Slots by name.
    SlotName {
        Year = "year",
        ShortYear = "short-year",
        Month = "month",
        Day = "day",
        Weekday = "weekday",
        Season = "season",
        N = "n",
        Unit = "unit",
        Which = "which",
        Length = "length",
        Other = "other",
        Third = "third",
        Of = "of",
        From = "from",
        To = "to",
        Numbers = "numbers",
        Group = "group",
        Feast = "feast",
        Clock = "clock",
        Meridiem = "meridiem",
        Part = "part",
        Time = "time",
        Ignored = "ignored",
        Currency = "currency",
        Country = "country",
        What = "what",
        Magnitude = "magnitude",
        Per = "per",
    }
}

/// A meaning by its place in the list of those of one text.
pub(crate) type NodeId = u32;

/// A meaning and the pattern that made it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<M> {
    pub(crate) meaning: M,
    pub(crate) rule: u16,
}

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Number(i64),
    Thousandths(i64),
    Form(Form),
    Node(NodeId),
    Quantity(Quantity),
}

/// Where in the text the filling of a slot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub(crate) start: u32,
    /// Start of its last word.
    pub(crate) last: u32,
    pub(crate) end: u32,
}

/// The slots of a match, with what the pattern tells its primitive.
pub(crate) struct Filled<'a, M> {
    pub(crate) names: &'a [SlotName],
    pub(crate) values: &'a [Value],
    pub(crate) places: &'a [Place],
    pub(crate) with: &'a BTreeMap<String, Setting>,
    pub(crate) nodes: &'a [Node<M>],
}

impl<M: Copy> Filled<'_, M> {
    pub(crate) fn value(&self, name: SlotName) -> Option<Value> {
        let at = self.names.iter().position(|other| *other == name)?;
        self.values.get(at).copied()
    }

    pub(crate) fn place(&self, name: SlotName) -> Option<Place> {
        let at = self.names.iter().position(|other| *other == name)?;
        self.places.get(at).copied()
    }

    pub(crate) fn number(&self, name: SlotName) -> Option<i64> {
        match self.value(name)? {
            Value::Number(n) => Some(n),
            Value::Thousandths(n) if n % 1000 == 0 => Some(n / 1000),
            Value::Form(Form::Whole { worth, .. }) => Some(worth.into()),
            _ => None,
        }
    }

    pub(crate) fn node(&self, name: SlotName) -> Option<NodeId> {
        match self.value(name)? {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    pub(crate) fn meaning(&self, node: NodeId) -> Option<M> {
        self.nodes.get(node as usize).map(|node| node.meaning)
    }

    pub(crate) fn form(&self, name: SlotName) -> Option<Form> {
        match self.value(name)? {
            Value::Form(form) => Some(form),
            _ => None,
        }
    }

    pub(crate) fn setting(&self, key: &str) -> Option<i64> {
        match self.with.get(key)? {
            Setting::Number(n) => Some(*n),
            Setting::Word(_) => None,
        }
    }

    pub(crate) fn word(&self, key: &str) -> Option<&str> {
        match self.with.get(key)? {
            Setting::Word(word) => Some(word),
            Setting::Number(_) => None,
        }
    }
}
