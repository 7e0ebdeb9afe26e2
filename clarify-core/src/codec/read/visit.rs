//! What the visitors have in common.

macro_rules! seed {
    ($visitor:ident<$($lifetime:lifetime),*> -> $value:ty) => {
        impl<'de> DeserializeSeed<'de> for $visitor<$($lifetime),*> {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<$value, D::Error> {
                from.deserialize_any(self)
            }
        }
    };
}

/// What a visitor does with a value that is nothing it could read: `refuse` is told what it was.
macro_rules! refuse_scalars {
    () => {
        fn visit_bool<E>(self, value: bool) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_i64<E>(self, value: i64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_u64<E>(self, value: u64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_f64<E>(self, value: f64) -> Result<(), E> {
            self.refuse(&value.to_string());
            Ok(())
        }

        fn visit_str<E>(self, text: &str) -> Result<(), E> {
            self.refuse(&Value::from(text).to_string());
            Ok(())
        }
    };
}

/// What can't be read must still be passed over.
macro_rules! refuse_lists {
    () => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            self.refuse("[…]");
            Ok(())
        }
    };
}
