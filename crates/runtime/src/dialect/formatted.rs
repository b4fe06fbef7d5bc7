//! F-strings beside texts with braces: MicroPython makes one text of all and formats that, so that `"{}" f"{x}"` wants two
//! values (`py/lexer.c`). Others are left to the code generator, which makes the same of them.

use super::constants::Hidden;
use ruff_text_size::TextRange;
use rustpython_vm::bytecode::ConstantData;
use rustpython_vm::compiler::ast::{
    self, Arguments, AtomicNodeIndex, ConversionFlag, Expr, ExprAttribute, ExprCall, ExprContext, ExprFString,
    FStringPart, Identifier, InterpolatedStringElement,
};

/// Makes a call of `format` of it. None if it stays as it is.
pub fn call(string: &ExprFString, hidden: &Hidden) -> Option<Expr> {
    let has_braces = |part: &FStringPart| match part {
        FStringPart::Literal(text) => text.contains(['{', '}']),
        FStringPart::FString(_) => false,
    };
    if !string.value.iter().any(has_braces) {
        return None;
    }
    let mut template = String::new();
    let mut values = Vec::new();
    for part in &string.value {
        match part {
            FStringPart::Literal(text) => template.push_str(text),
            FStringPart::FString(part) => part.elements.iter().for_each(|e| add(e, &mut template, &mut values, true)),
        }
    }
    Some(format(template, values, string.range, hidden))
}

fn add(element: &InterpolatedStringElement, template: &mut String, values: &mut Vec<Expr>, escaped: bool) {
    match element {
        InterpolatedStringElement::Literal(text) if escaped => {
            template.push_str(&text.replace('{', "{{").replace('}', "}}"));
        }
        InterpolatedStringElement::Literal(text) => template.push_str(text),
        InterpolatedStringElement::Interpolation(field) => {
            template.push('{');
            values.push((*field.expression).clone());
            match field.conversion {
                ConversionFlag::Repr => template.push_str("!r"),
                ConversionFlag::Str => template.push_str("!s"),
                ConversionFlag::None | ConversionFlag::Ascii => {}
            }
            if let Some(specification) = &field.format_spec {
                template.push(':');
                specification.elements.iter().for_each(|inner| add(inner, template, values, false));
            }
            template.push('}');
        }
    }
}

/// `template.format(values)`
fn format(template: String, values: Vec<Expr>, range: TextRange, hidden: &Hidden) -> Expr {
    let node_index = AtomicNodeIndex::NONE;
    let method = Expr::Attribute(ExprAttribute {
        node_index: node_index.clone(),
        range,
        value: Box::new(hidden.expression(ConstantData::Str { value: template.into() }, range)),
        attr: Identifier::new(ast::name::Name::new_static("format"), range),
        ctx: ExprContext::Load,
    });
    let arguments = Arguments {
        range,
        node_index: node_index.clone(),
        args: values.into_boxed_slice(),
        keywords: Default::default(),
        runtime_args: None,
        runtime_bases: None,
    };
    Expr::Call(ExprCall { node_index, range_start: range.start(), func: Box::new(method), arguments })
}
