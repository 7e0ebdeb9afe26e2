//! The walk through `docs/northwind.md`: its commands as they stand, and what they come to.

use std::fs;
use std::path::Path;

use clarify_server::{Contract, Server};
use serde_json::Value;

use crate::import::{counts, data};
use crate::scene::{CONTRACTS, KEY, Scene, end, json};

/// The commands of the page, each in one line, without the word `clarify`.
fn commands() -> Vec<String> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/northwind.md");
    let page = fs::read_to_string(page).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines = blocks.map(|block| block.replace("\\\n", " "));
    let text = lines.collect::<Vec<_>>().join("");
    text.lines().map(|line| line.strip_prefix("clarify ").unwrap().to_owned()).collect()
}

/// A service that has nothing yet, and the files in a folder of their own.
fn scene(contract: Contract) -> Option<Scene> {
    let files = data("northwind")?;
    let server = Server::builder().contract(contract).workspace("acme").api_key(KEY);
    let scene = Scene { server: server.start().unwrap(), folder: tempfile::tempdir().unwrap() };
    for file in fs::read_dir(files).unwrap() {
        let path = file.unwrap().path();
        fs::write(scene.file(path.file_name().unwrap().to_str().unwrap()), fs::read(path).unwrap())
            .unwrap();
    }
    Some(scene)
}

/// Runs a command of the page, where the structs are.
#[track_caller]
fn run(scene: &Scene, command: &str) -> String {
    let folder = scene.folder.path().to_str().unwrap();
    let words = command.split_whitespace().map(|word| word.replace("$DATA", folder));
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = scene.command(&words);
    end(command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())).done()
}

fn fields(answer: &str, name: &str) -> Vec<Value> {
    let records = json(answer).as_array().unwrap().clone();
    records.iter().map(|record| record["attributes"][name].clone()).collect()
}

#[test]
fn the_walk_through_a_trading_company_is_as_it_says() {
    for contract in CONTRACTS {
        let Some(scene) = scene(contract) else { return };
        let commands = commands();
        let [push, customers, suppliers, products, orders, of_one, freight, out_of_stock] =
            &commands[..]
        else {
            panic!("{commands:?}")
        };
        run(&scene, push);
        let again = run(&scene, push);
        assert!(!again.contains('+'), "{again}");
        for (command, created) in [(customers, 91), (suppliers, 29), (products, 77), (orders, 830)]
        {
            assert_eq!(counts(&run(&scene, command)), [created, 0, 0, 0, 0], "{command}");
        }
        assert_eq!(counts(&run(&scene, orders)), [0, 830, 0, 0, 0]);

        let numbers = fields(&run(&scene, of_one), "order_number");
        assert_eq!(numbers, ["10643", "10692", "10702", "10835", "10952", "11011"]);
        let freights = fields(&run(&scene, freight), "freight");
        let freights: Vec<f64> = freights.iter().map(|f| f.as_f64().unwrap()).collect();
        assert_eq!((freights.len(), freights[0], freights[1]), (10, 1007.64, 890.78));
        let names = fields(&run(&scene, out_of_stock), "product_name");
        let expected = [
            "Alice Mutton",
            "Chef Anton's Gumbo Mix",
            "Gorgonzola Telino",
            "Perth Pasties",
            "Thüringer Rostbratwurst",
        ];
        assert_eq!(names, expected);
    }
}
